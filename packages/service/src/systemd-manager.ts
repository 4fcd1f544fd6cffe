import { existsSync } from 'node:fs';
import { SlipstreamError } from '@slipstream/shared';
import type { RunCommand } from './commands.ts';
import { type ServiceHost, type ServiceLayout, systemdUnitName } from './service-layout.ts';
import type { ServiceManager, ServiceState } from './service-manager.ts';
import { systemdUnit } from './systemd-unit.ts';

/** The service as systemd runs it, for a person (`--user`) or for the machine. */
export class SystemdManager implements ServiceManager {
  readonly #unit: string;
  readonly #unitFile: string;
  readonly #scope: readonly string[];
  readonly #run: RunCommand;

  constructor(layout: ServiceLayout, { system }: Pick<ServiceHost, 'system'>, run: RunCommand) {
    this.#unit = systemdUnitName(layout.identity);
    this.#unitFile = layout.unitFile;
    this.#scope = system ? [] : ['--user'];
    this.#run = run;
  }

  readonly render = systemdUnit;

  load(): void {
    const isRunning = this.state().pid !== null;
    this.#systemctl(['daemon-reload']);
    this.#systemctl(['enable', this.#unit]);
    this.#systemctl([isRunning ? 'restart' : 'start', this.#unit]);
  }

  unload(): void {
    if (!this.state().loaded) return;
    this.#systemctl(['disable', '--now', this.#unit]);
  }

  state(): ServiceState {
    const installed = existsSync(this.#unitFile);
    const { code, stdout } = this.#run('systemctl', [
      ...this.#scope,
      'show',
      this.#unit,
      '--property=LoadState,UnitFileState,MainPID,ExecMainStatus',
    ]);
    const values = new Map(stdout.split('\n').map((line) => splitOnce(line, '=')));
    const loaded = code === 0 && values.get('LoadState') === 'loaded' && values.get('UnitFileState') === 'enabled';
    const pid = Number(values.get('MainPID') ?? 0);
    return { installed, loaded, pid: pid > 0 ? pid : null, last_exit: values.get('ExecMainStatus') ?? null };
  }

  #systemctl(args: readonly string[]): void {
    const { code, stderr } = this.#run('systemctl', [...this.#scope, ...args]);
    if (code === 0) return;
    const isBusMissing = /bus|connect/i.test(stderr);
    throw new SlipstreamError(
      isBusMissing ? 'CONFIGURATION_INVALID' : 'INTERNAL',
      isBusMissing
        ? 'systemd has no session for this user: log in once, or run "loginctl enable-linger", and try again.'
        : `systemctl ${args.join(' ')} failed: ${stderr.trim() || `exit code ${code}`}. "systemctl ${this.#scope.join(' ')} status ${this.#unit}" tells more.`,
    );
  }
}

function splitOnce(line: string, separator: string): readonly [string, string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + separator.length)];
}
