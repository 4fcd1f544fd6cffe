import type { Logger } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import type { Follower, Step } from './follower.ts';

export interface FollowerStep {
  readonly follower: Follower;
  readonly step: Step;
}

export interface StepFailure {
  readonly follower: Follower;
  readonly error: SlipstreamError;
}

/** One after the other, each whatever became of the others. */
export async function runSteps(steps: readonly FollowerStep[]): Promise<readonly StepFailure[]> {
  const failures: StepFailure[] = [];
  for (const { follower, step } of steps) {
    try {
      await step.run();
    } catch (thrown) {
      failures.push({ follower, error: SlipstreamError.from(thrown) });
    }
  }
  return failures;
}

/** What can never be followed is passed over: to hold it would hold up the shard for a day. */
export const isToComeAgain = ({ error }: StepFailure): boolean => error.retry !== 'never';

/** Throws a change's error, which names the followers that failed and comes again where one of them has to. */
export function throwFailures(failures: readonly StepFailure[], logger: Logger): void {
  const worst = failures.find(isToComeAgain) ?? failures[0];
  if (worst === undefined) return;
  for (const { follower, error } of failures) {
    if (error !== worst.error) logger.warn({ follower: follower.name, error }, 'a follower failed');
  }
  const { code, message, retry, details } = worst.error;
  const followers = failures.map(({ follower }) => follower.name).join(' ');
  throw new SlipstreamError(code, `${worst.follower.name}: ${message}`, {
    cause: worst.error,
    retry,
    details: { ...details, followers },
  });
}
