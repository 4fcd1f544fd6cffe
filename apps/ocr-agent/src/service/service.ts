import { existsSync, rmSync } from 'node:fs';
import {
  isUnitCurrent,
  type RunCommand,
  runCommand,
  type ServiceHost,
  type ServiceLayout,
  type ServiceManager,
  type ServiceState,
  serviceEnvironment,
  serviceLayout,
  serviceManager,
  writeUnit,
} from '@slipstream/service';
import { SlipstreamError } from '@slipstream/shared';
import { AGENT_SERVICE } from './agent-service.ts';
import { type AgentBuild, InstalledVersions } from './installed-versions.ts';

export interface InstallOutcome {
  readonly version: string;
  /** False: exactly this was installed and loaded already. */
  readonly changed: boolean;
}

export type ServiceReport = ServiceState & { readonly version: string | null; readonly previous: string | null };

/** The agent as a service of this machine, and the verbs on it. Each verb may be repeated. */
export class Service {
  readonly layout: ServiceLayout;
  readonly #host: ServiceHost;
  readonly #versions: InstalledVersions;
  readonly #manager: ServiceManager;

  constructor(host: ServiceHost, run: RunCommand = runCommand) {
    this.layout = serviceLayout(AGENT_SERVICE, host);
    this.#host = host;
    this.#versions = new InstalledVersions(this.layout.root, run);
    this.#manager = serviceManager(this.layout, host, run);
  }

  /** Copies the build, writes the unit and loads it; a service that runs is restarted once, and only if something changed. */
  install(build: AgentBuild, args: readonly string[], env: NodeJS.ProcessEnv): InstallOutcome {
    const isNewVersion = this.#versions.install(build);
    const isNewUnit = this.#writeUnit(args, env);
    const { loaded, pid } = this.#manager.state();
    if (isNewVersion || isNewUnit || !loaded || pid === null) this.#manager.load();
    this.#versions.finish();
    return { version: this.#versions.current ?? '', changed: isNewVersion || isNewUnit || !loaded };
  }

  /** A newer build under the same settings; one restart. */
  upgrade(build: AgentBuild): InstallOutcome {
    this.#assertInstalled();
    const changed = this.#versions.install(build);
    if (changed) this.#manager.load();
    this.#versions.finish();
    return { version: this.#versions.current ?? '', changed };
  }

  rollback(): InstallOutcome {
    this.#assertInstalled();
    const version = this.#versions.rollback();
    this.#manager.load();
    this.#versions.finish();
    return { version, changed: true };
  }

  /** Everything but the data folder and the logs. */
  uninstall(): void {
    this.#manager.unload();
    rmSync(this.layout.unitFile, { force: true });
    this.#versions.removeAll();
  }

  start(): void {
    this.#assertInstalled();
    const { loaded, pid } = this.#manager.state();
    if (!loaded || pid === null) this.#manager.load();
  }

  /** Until `start`: it is not started again by itself, not even with the next login. */
  stop(): void {
    this.#assertInstalled();
    this.#manager.unload();
  }

  restart(): void {
    this.#assertInstalled();
    this.#manager.load();
  }

  report(): ServiceReport {
    return { ...this.#manager.state(), version: this.#versions.current, previous: this.#versions.previous };
  }

  /** False when the unit says so already. */
  #writeUnit(args: readonly string[], env: NodeJS.ProcessEnv): boolean {
    const { layout } = this;
    const [node, entry] = this.#versions.command;
    const unit = this.#manager.render({
      layout,
      command: [node, entry, '--continuous', '--log-dir', layout.logDir, ...args],
      environment: serviceEnvironment(env, layout, this.#host.home),
      user: this.#host.system ? this.#host.user : null,
    });
    if (isUnitCurrent(layout, unit)) return false;
    this.#versions.begin();
    writeUnit(layout, this.#host, unit);
    return true;
  }

  #assertInstalled(): void {
    if (existsSync(this.layout.unitFile)) return;
    throw new SlipstreamError(
      'NOT_FOUND',
      `The agent is not installed (there is no ${this.layout.unitFile}): run "receipt-ocr install" with its settings first.`,
    );
  }
}
