import { rmSync } from 'node:fs';
import type { RunCommand } from './commands.ts';
import { serviceManager } from './select-service-manager.ts';
import { type ServiceHost, type ServiceIdentity, type ServiceLayout, serviceLayout } from './service-layout.ts';
import type { ServiceManager, ServiceState } from './service-manager.ts';
import { type ServicePlan, serviceEnvironment } from './service-plan.ts';
import { isUnitCurrent, writeUnit } from './unit-file.ts';

/** A program that is kept running where it lies; each verb may be repeated. */
export class ProgramService {
  readonly layout: ServiceLayout;
  readonly #host: ServiceHost;
  readonly #manager: ServiceManager;

  constructor(identity: ServiceIdentity, host: ServiceHost, run?: RunCommand) {
    this.layout = serviceLayout(identity, host);
    this.#host = host;
    this.#manager = serviceManager(this.layout, host, run);
  }

  /** The unit's text for a command line whose paths are absolute. */
  unit(command: ServicePlan['command'], env: NodeJS.ProcessEnv): string {
    const { layout } = this;
    const { home, system, user } = this.#host;
    const environment = serviceEnvironment(env, layout, home);
    return this.#manager.render({ layout, command, environment, user: system ? user : null });
  }

  /** False: it was installed so, and runs. */
  install(unit: string): boolean {
    const isNew = !isUnitCurrent(this.layout, unit);
    if (isNew) writeUnit(this.layout, this.#host, unit);
    const { loaded, pid } = this.#manager.state();
    if (isNew || !loaded || pid === null) this.#manager.load();
    return isNew || !loaded;
  }

  /** False: it was not installed. What it wrote stays. */
  uninstall(): boolean {
    const { installed, loaded } = this.#manager.state();
    this.#manager.unload();
    rmSync(this.layout.unitFile, { force: true });
    return installed || loaded;
  }

  state(): ServiceState {
    return this.#manager.state();
  }
}
