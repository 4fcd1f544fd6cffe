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
  /** Deletes published versions that nothing serves, but for these; how many. */
  prune(name: string, keep: readonly string[]): Promise<number>;
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

interface Move {
  readonly name: string;
  readonly live: string;
  readonly newest: string;
}

/**
 * 10 % to the new versions, verify, watch the alarms; then all of it, and verify again: at 10 % a single sample meets a
 * broken version one time in ten only. Back at the first sign. An alarm that was raised before has another cause, and no
 * release begins on it.
 */
export async function release(ports: ReleasePorts, options: ReleaseOptions): Promise<ReleaseOutcome> {
  const moves: Move[] = [];
  for (const name of options.functions) {
    const { live, newest } = await ports.versions(name);
    if (live !== newest) moves.push({ name, live, newest });
  }
  if (moves.length === 0) return 'nothing to release';
  const before = await ports.alarmsRaised();
  if (before.length > 0)
    throw new Error(
      `Alarms are raised already: ${before.join(', ')}. Fix their cause first (RUNBOOK.md), then release.`,
    );

  let trouble: string | null = 'it was interrupted';
  try {
    trouble = (await tryShare(ports, options, moves)) ?? (await tryAll(ports, moves));
  } finally {
    // Also when something was thrown: no half-shifted alias stays behind.
    if (trouble !== null) for (const { name, live } of moves) await ports.settle(name, live);
  }
  if (trouble !== null) {
    ports.say(`Rolled back: ${trouble}.`);
    return 'rolled back';
  }
  await prune(ports, moves);
  return 'released';
}

/** A share of the calls, for as long as an alarm needs; what went wrong, or null. */
async function tryShare(ports: ReleasePorts, options: ReleaseOptions, moves: readonly Move[]): Promise<string | null> {
  for (const { name, live, newest } of moves) {
    await ports.shift(name, live, newest, options.share);
    ports.say(`${name}: ${Math.round(options.share * 100)} % to version ${newest}, the rest to ${live}`);
  }
  return (await ports.verify()) ? watch(ports, options) : 'verify failed';
}

async function tryAll(ports: ReleasePorts, moves: readonly Move[]): Promise<string | null> {
  for (const { name, newest } of moves) {
    await ports.settle(name, newest);
    ports.say(`${name}: all to version ${newest}`);
  }
  if (!(await ports.verify())) return 'verify failed with all calls on the new versions';
  const raised = await ports.alarmsRaised();
  return raised.length > 0 ? `alarms were raised: ${raised.join(', ')}` : null;
}

/** The new version and the one before it stay, so that the way back is there; the rest only fills the account's 75 GB. */
async function prune(ports: ReleasePorts, moves: readonly Move[]): Promise<void> {
  let pruned = 0;
  for (const { name, live, newest } of moves) pruned += await ports.prune(name, [live, newest]);
  if (pruned > 0) ports.say(`${pruned} older versions deleted.`);
}

async function watch(ports: ReleasePorts, options: ReleaseOptions): Promise<string | null> {
  for (let watched = 0; watched < options.watch_ms; watched += options.look_every_ms) {
    await ports.wait(Math.min(options.look_every_ms, options.watch_ms - watched));
    const raised = await ports.alarmsRaised();
    if (raised.length > 0) return `alarms were raised: ${raised.join(', ')}`;
  }
  return null;
}
