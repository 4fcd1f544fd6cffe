/** What a release needs of AWS; the tests have one of their own. */
export interface ReleasePorts {
  /** The version that the live alias serves, and the newest published one. */
  versions(name: string): Promise<{ readonly live: string; readonly newest: string }>;
  /** Sends `share` (0 to 1) of the live alias's calls to `version`; the rest stay where they are. */
  shift(name: string, live: string, version: string, share: number): Promise<void>;
  /** Moves the live alias for good. */
  settle(name: string, version: string): Promise<void>;
  /** Names of the environment's alarms that are in ALARM. */
  alarmsRaised(): Promise<readonly string[]>;
  /** `verify`: true when a receipt goes through the whole of it. */
  verify(): Promise<boolean>;
  wait(ms: number): Promise<void>;
  say(line: string): void;
}

export interface ReleaseOptions {
  readonly functions: readonly string[];
  readonly share: number;
  readonly watch_ms: number;
  readonly look_every_ms: number;
}

/** As long as an alarm's period and its evaluation. */
export const RELEASE: Omit<ReleaseOptions, 'functions'> = { share: 0.1, watch_ms: 600_000, look_every_ms: 30_000 };

export type ReleaseOutcome = 'nothing to release' | 'released' | 'rolled back';

/**
 * 10 % to the new versions, verify, watch the alarms, then all; back at the first sign. An alarm that was raised before
 * is nobody's fault here, and no release begins on it.
 */
export async function release(ports: ReleasePorts, options: ReleaseOptions): Promise<ReleaseOutcome> {
  const moves: { name: string; live: string; newest: string }[] = [];
  for (const name of options.functions) {
    const { live, newest } = await ports.versions(name);
    if (live !== newest) moves.push({ name, live, newest });
  }
  if (moves.length === 0) return 'nothing to release';
  const before = await ports.alarmsRaised();
  if (before.length > 0)
    throw new Error(`Alarms are raised already: ${before.join(', ')}. Mend that first (RUNBOOK.md), then release.`);

  let trouble: string | null = 'it was interrupted';
  try {
    for (const { name, live, newest } of moves) {
      await ports.shift(name, live, newest, options.share);
      ports.say(`${name}: ${Math.round(options.share * 100)} % to version ${newest}, the rest to ${live}`);
    }
    trouble = (await ports.verify()) ? await watch(ports, options) : 'verify failed';
  } finally {
    // Also when something was thrown: no half-shifted alias stays behind.
    if (trouble !== null) for (const { name, live } of moves) await ports.settle(name, live);
  }
  if (trouble !== null) {
    ports.say(`Rolled back: ${trouble}.`);
    return 'rolled back';
  }
  for (const { name, newest } of moves) await ports.settle(name, newest);
  return 'released';
}

async function watch(ports: ReleasePorts, options: ReleaseOptions): Promise<string | null> {
  for (let watched = 0; watched < options.watch_ms; watched += options.look_every_ms) {
    await ports.wait(options.look_every_ms);
    const raised = await ports.alarmsRaised();
    if (raised.length > 0) return `alarms were raised: ${raised.join(', ')}`;
  }
  return null;
}
