import { existsSync } from 'node:fs';
import { SlipstreamError } from '@slipstream/shared';
import type { CommandResult, RunCommand } from './commands.ts';
import { launchdPlist } from './launchd-plist.ts';
import { launchdLabel, type ServiceHost, type ServiceLayout } from './service-layout.ts';
import type { ServiceManager, ServiceState } from './service-manager.ts';
import { STOP_S_MAX } from './service-plan.ts';

/** Bootstrap and bootout answer before all is done; these codes say so (EINPROGRESS; "operation already in progress"). */
const IN_PROGRESS = new Set([36, 37]);
/** ESRCH and its like: there is no such service. */
const NOT_LOADED = new Set([3, 113]);

const GONE_MS_MAX = STOP_S_MAX * 1_000 + 5_000;
const LOOK_MS = 200;

/** The service as launchd runs it: `gui/<uid>` for a person's own, `system` for the machine's. */
export class LaunchdManager implements ServiceManager {
  readonly #unitFile: string;
  readonly #domain: string;
  readonly #label: string;
  readonly #run: RunCommand;

  constructor(layout: ServiceLayout, { uid, system }: Pick<ServiceHost, 'uid' | 'system'>, run: RunCommand) {
    this.#unitFile = layout.unitFile;
    this.#domain = system ? 'system' : `gui/${uid}`;
    this.#label = launchdLabel(layout.identity);
    this.#run = run;
  }

  readonly render = launchdPlist;

  load(): void {
    this.#assertDomain();
    // launchd reads a plist once: what is loaded has to go before it is read again. And a bootout lets the agent drain,
    // where `kickstart -k` kills it.
    this.#bootOut();
    // Disabled by `unload`, or by a person with launchctl: that outlives an uninstall, and no bootstrap goes through.
    this.#launchctl(['enable', this.#target]);
    this.#launchctl(['bootstrap', this.#domain, this.#unitFile], IN_PROGRESS);
    this.#launchctl(['kickstart', this.#target]);
  }

  /** Also over the next login, which else would load the plist again. */
  unload(): void {
    this.#bootOut();
    if (this.state().installed) this.#launchctl(['disable', this.#target]);
  }

  #bootOut(): void {
    if (this.state().loaded) this.#launchctl(['bootout', this.#target], new Set([...NOT_LOADED, ...IN_PROGRESS]));
    this.#untilGone();
  }

  state(): ServiceState {
    const installed = existsSync(this.#unitFile);
    const { code, stdout } = this.#run('launchctl', ['print', this.#target]);
    if (code !== 0) return { installed, loaded: false, pid: null, last_exit: null };
    const pid = /^\s*pid = (\d+)/m.exec(stdout)?.[1];
    const lastExit = /^\s*last exit (?:code|reason) = (.+)$/m.exec(stdout)?.[1];
    return { installed, loaded: true, pid: pid ? Number(pid) : null, last_exit: lastExit ?? null };
  }

  /**
   * A bootout answers while the agent still drains: a bootstrap before its end fails with an input/output error, and its
   * files may be removed only then.
   */
  #untilGone(): void {
    for (let waited_ms = 0; waited_ms < GONE_MS_MAX && this.state().loaded; waited_ms += LOOK_MS) pause(LOOK_MS);
  }

  get #target(): string {
    return `${this.#domain}/${this.#label}`;
  }

  #assertDomain(): void {
    const { code } = this.#run('launchctl', ['print', this.#domain]);
    if (code === 0) return;
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      code === null
        ? 'launchctl cannot be run: is this macOS?'
        : `launchd has no session ${this.#domain}: log in at the Mac's screen (not only by ssh) and try again, or install with sudo and --system for a Mac without a logged-in user.`,
    );
  }

  #launchctl(args: readonly string[], tolerated: ReadonlySet<number> = new Set()): CommandResult {
    const result = this.#run('launchctl', args);
    if (result.code === 0 || (result.code !== null && tolerated.has(result.code))) return result;
    const why = result.stderr.trim() || `exit code ${result.code}`;
    throw new SlipstreamError(
      'INTERNAL',
      `launchctl ${args.join(' ')} failed: ${why}. "launchctl print ${this.#target}" tells more.`,
    );
  }
}

/** The verbs are synchronous: nothing else happens in their process. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
