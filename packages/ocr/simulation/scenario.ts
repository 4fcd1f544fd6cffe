import type { MachineKind } from '@slipstream/queue-worker/testing';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, jobIdOf, rawKey } from '@slipstream/shared';
import type { Random } from '@slipstream/testing';

/** What becomes of an image when nothing else goes wrong. */
type Fate =
  | { readonly kind: 'done'; readonly engine_failures: number }
  | { readonly kind: 'failed'; readonly code: string; readonly engine_failures: number };

export interface PlannedJob {
  readonly image_id: string;
  readonly job_id: string;
  readonly bytes: Uint8Array | null;
  readonly fate: Fate;
  readonly work_ms: number;
  readonly sent_at: number;
}

/** A message that no job belongs to: it has to end among the dead letters, with this reason. */
export interface PlannedStray {
  readonly body: string;
  readonly code: string;
  readonly sent_at: number;
}

export type Mishap =
  | { readonly kind: 'crash' | 'restart'; readonly machine: number; readonly at: number }
  | { readonly kind: 'sleep' | 'outage'; readonly machine: number; readonly at: number; readonly duration_ms: number }
  | { readonly kind: 'clock-step'; readonly machine: number; readonly at: number; readonly by_ms: number };

export interface Scenario {
  readonly machines: readonly MachineKind[];
  readonly concurrency: number;
  readonly visibility_ms: number;
  readonly jobs: readonly PlannedJob[];
  readonly strays: readonly PlannedStray[];
  readonly mishaps: readonly Mishap[];
  /** After this nothing goes wrong any more. */
  readonly calm_at: number;
  readonly duplicates: number;
  readonly revivals: number;
  readonly refusesOldHandles: boolean;
  readonly call_failures: number;
  /** Highest latency of one way of a call. */
  readonly latency_ms: number;
  /** A crash after this many effects of a program, for each of its starts; empty: none. */
  readonly crashes_at_effects: readonly number[];
  /** Whether the engines stop when they are told to. */
  readonly engineObeys: boolean;
}

/** Everything that a seed decides. */
export function planScenario(random: Random): Scenario {
  const calm_at = random.logarithmic(30_000, 600_000);
  const machines = Array.from({ length: random.integer(1, 3) }, () => random.pick(['darwin', 'linux'] as const));
  const isCrowded = random.chance(0.03);
  const count = isCrowded ? 120 : random.integer(1, 8);
  return {
    machines,
    concurrency: random.integer(1, 3),
    visibility_ms: random.pick([10_000, 30_000, 60_000]),
    jobs: Array.from({ length: count }, (_, index) =>
      isCrowded ? planQuickJob(random, index) : planJob(random, index, calm_at),
    ),
    strays: Array.from({ length: random.integer(0, 2) }, () => planStray(random, calm_at)),
    mishaps: planMishaps(random, machines.length, calm_at),
    calm_at,
    duplicates: random.pick([0, 0.05, 0.3]),
    revivals: random.pick([0, 0.01]),
    refusesOldHandles: random.chance(0.5),
    call_failures: random.pick([0, 0.02, 0.1]),
    latency_ms: random.pick([5, 50, 1_500]),
    crashes_at_effects: Array.from({ length: random.integer(0, 4) }, () => random.integer(1, 40)),
    engineObeys: random.chance(0.5),
  };
}

function imageOf(random: Random, index: number) {
  const bytes = Buffer.from(`image ${index} ${random.next()}`);
  const image_id = imageIdOf(sha256Hex(bytes));
  return { bytes, image_id, job_id: jobIdOf(image_id, 1) };
}

function planJob(random: Random, index: number, calm_at: number): PlannedJob {
  const { bytes: original, image_id, job_id } = imageOf(random, index);
  const { fate, bytes } = random.pick([
    { fate: { kind: 'done', engine_failures: 0 }, bytes: original },
    { fate: { kind: 'done', engine_failures: 0 }, bytes: original },
    { fate: { kind: 'done', engine_failures: 0 }, bytes: original },
    { fate: { kind: 'done', engine_failures: random.integer(1, 4) }, bytes: original },
    { fate: { kind: 'failed', code: 'ENGINE_FAILED', engine_failures: 1_000 }, bytes: original },
    { fate: { kind: 'failed', code: 'IMAGE_UNREADABLE', engine_failures: 0 }, bytes: original },
    { fate: { kind: 'failed', code: 'IMAGE_HASH_MISMATCH', engine_failures: 0 }, bytes: Buffer.from('altered') },
    { fate: { kind: 'failed', code: 'OBJECT_NOT_FOUND', engine_failures: 0 }, bytes: null },
  ] as const);
  return {
    image_id,
    job_id,
    bytes,
    fate,
    work_ms: random.logarithmic(20, 100_000),
    sent_at: random.between(0, calm_at),
  };
}

/** One of many that come at once, so that an agent that takes too much can be seen to. */
function planQuickJob(random: Random, index: number): PlannedJob {
  const fate = { kind: 'done', engine_failures: 0 } as const;
  return { ...imageOf(random, index), fate, work_ms: random.integer(5, 200), sent_at: 0 };
}

function planStray(random: Random, calm_at: number): PlannedStray {
  const image_id = imageIdOf(sha256Hex(Buffer.from(`stray ${random.next()}`)));
  const message = { image_id, job_id: jobIdOf(image_id, 1), s3_bucket: 'raw', s3_key: rawKey(image_id) };
  const sent_at = random.between(0, calm_at);
  return random.pick([
    { body: JSON.stringify(message), code: 'JOB_NOT_FOUND', sent_at },
    { body: '{"image_id":', code: 'MESSAGE_INVALID', sent_at },
    { body: JSON.stringify({ ...message, s3_bucket: 'theirs' }), code: 'MESSAGE_BUCKET_FOREIGN', sent_at },
    { body: JSON.stringify({ ...message, s3_key: `raw/../${image_id}` }), code: 'MESSAGE_KEY_INVALID', sent_at },
  ]);
}

function planMishaps(random: Random, machines: number, calm_at: number): Mishap[] {
  return Array.from({ length: random.integer(0, 8) }, () => {
    const machine = random.integer(0, machines - 1);
    const at = random.between(0, calm_at);
    return random.pick<Mishap>([
      { kind: 'crash', machine, at },
      { kind: 'restart', machine, at },
      { kind: 'sleep', machine, at, duration_ms: random.logarithmic(2_000, 3_600_000) },
      { kind: 'outage', machine, at, duration_ms: random.logarithmic(1_000, 300_000) },
      { kind: 'clock-step', machine, at, by_ms: random.pick([-1, 1]) * random.logarithmic(1_000, 3_600_000) },
    ]);
  });
}
