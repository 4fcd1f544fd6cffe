import { chownSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { type RunCommand, runCommand } from './commands.ts';
import { type AgentBuild, InstalledVersions } from './installed-versions.ts';
import { LaunchdManager } from './launchd-manager.ts';
import { replaceFile } from './replace-file.ts';
import { type ServiceHost, type ServiceLayout, serviceLayout } from './service-layout.ts';
import type { ServiceManager, ServiceState } from './service-manager.ts';
import { serviceEnvironment } from './service-plan.ts';
import { SystemdManager } from './systemd-manager.ts';

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
    this.layout = serviceLayout(host);
    this.#host = host;
    this.#versions = new InstalledVersions(this.layout.root, run);
    this.#manager =
      this.layout.kind === 'launchd'
        ? new LaunchdManager(this.layout, host, run)
        : new SystemdManager(this.layout, host, run);
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
    if (existsSync(layout.unitFile) && readFileSync(layout.unitFile, 'utf8') === unit) return false;
    mkdirSync(dirname(layout.unitFile), { recursive: true });
    makePrivateFolder(layout.logDir);
    // Made by root, written by the user that the agent runs as.
    if (this.#host.system) chownSync(layout.logDir, this.#host.uid, this.#host.gid);
    this.#versions.begin();
    replaceFile(layout.unitFile, unit, 0o644); // launchd refuses what others may write
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
