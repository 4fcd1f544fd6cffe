import type { RecordChange } from '@slipstream/shared';
import type { Invocation } from '../work/invocation.ts';
import { type LogFields, runUnit } from '../work/unit-of-work.ts';
import type { LogPorts } from '../work/work-ports.ts';
import { type Follower, isFollowed, sidesOf, typeOf } from './follower.ts';
import { LastSteps } from './last-steps.ts';
import { type FollowerStep, isToComeAgain, runSteps, type StepFailure, throwFailures } from './run-steps.ts';

/** Left of an invocation when no other change is begun: one that is slow, and the waiting steps of those before it. */
const RESERVE_MS = 5_000;
/** Waiting steps are taken so often, so that an invocation whose time runs out has got somewhere. */
const LAST_STEPS_EVERY_MS = 5_000;

/**
 * Follows one partition's changes in their order. A follower that failed follows no further one of them; the others
 * do. Returns the change from which on they have to come again; null when all is done.
 */
export async function followPartition(
  ports: LogPorts,
  followers: readonly Follower[],
  changes: readonly RecordChange[],
  invocation: Invocation,
): Promise<RecordChange | null> {
  const unfinished = new Set<RecordChange>();
  const stopped = new Set<Follower>();
  const waiting = new LastSteps();
  const take = async (steps: readonly FollowerStep[], change: RecordChange) => {
    if (steps.length === 0) return;
    for (const { follower } of await runChange(ports, change, steps, invocation)) {
      unfinished.add(change);
      stopped.add(follower);
    }
  };
  // Also when no time is left for another change: those before it may not come again.
  const takeWaiting = async () => {
    for (const { follower, step, since } of waiting.takeAll()) {
      if (stopped.has(follower)) unfinished.add(since);
      else await take([{ follower, step }], since);
    }
  };
  let takenAt = ports.clock.monotonic();
  for (const change of changes) {
    if (invocation.remainingMs() < RESERVE_MS) {
      ports.logger.warn({ sequence: change.sequence }, 'no time is left for the changes from here on; they come again');
      unfinished.add(change);
      break;
    }
    const steps = stepsOf(followers, change).filter(({ follower }) => !stopped.has(follower));
    await take(
      steps.filter(({ follower, step }) => !waiting.add(follower, step, change)),
      change,
    );
    if (ports.clock.monotonic() - takenAt < LAST_STEPS_EVERY_MS) continue;
    await takeWaiting();
    takenAt = ports.clock.monotonic();
  }
  await takeWaiting();
  return changes.find((change) => unfinished.has(change)) ?? null;
}

/** What a change asks of its followers; of each that it fails, where it is not of its schema. */
function stepsOf(followers: readonly Follower[], change: RecordChange): readonly FollowerStep[] {
  const type = typeOf(change);
  if (!isFollowed(type)) return [];
  const concerned = followers.filter(({ types }) => types.includes(type));
  try {
    const { before, after } = sidesOf(type, change);
    return concerned.flatMap((follower) => {
      const step = follower.follow(before, after);
      return step === null ? [] : [{ follower, step }];
    });
  } catch (error) {
    return concerned.map((follower) => ({ follower, step: { run: () => Promise.reject(error) } }));
  }
}

/** One line in the log. Returns the failures for which the change has to come again. */
async function runChange(
  ports: LogPorts,
  change: RecordChange,
  steps: readonly FollowerStep[],
  { request_id }: Invocation,
): Promise<readonly StepFailure[]> {
  let failures: readonly StepFailure[] = [];
  const correlation_id = (change.after ?? change.before)?.correlation_id;
  const unit = {
    name: 'stream-processor',
    request_id,
    correlation_id: typeof correlation_id === 'string' ? correlation_id : change.sequence,
    waiting_since: change.at || null,
  };
  await runUnit(ports, unit, async () => {
    failures = await runSteps(steps);
    throwFailures(failures, ports.logger);
    return { ...idsOf(change), followers: steps.map(({ follower }) => follower.name).join(' ') };
  });
  return failures.filter(isToComeAgain);
}

const ID_ATTRIBUTES = ['image_id', 'receipt_id', 'run_id', 'collection', 'revision', 'status', 'outcome'] as const;

function idsOf({ before, after }: RecordChange): LogFields {
  const record = after ?? before;
  const ids = ID_ATTRIBUTES.flatMap((name) => {
    const value = record?.[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [];
  });
  return { ...Object.fromEntries(ids), ...(after === null ? { status: 'REMOVED' } : {}) };
}
