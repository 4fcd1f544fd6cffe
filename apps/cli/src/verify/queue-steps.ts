import { type StepResult, takeStep } from '@slipstream/doctor';
import { DEPLOYED_QUEUE_NAMES } from '@slipstream/shared';
import type { AwsStore } from '@slipstream/store-aws';

const REMEDY =
  'The queue or its dead-letter queue of the outputs does not stand, or you may not ask for its attributes: deploy the stack as it is now, and compare the outputs.';

/** Each queue with its dead letters, seen with one's own rights. */
export async function* queueSteps(self: AwsStore): AsyncGenerator<StepResult> {
  for (const name of DEPLOYED_QUEUE_NAMES) {
    yield await takeStep(`queue ${name}`, REMEDY, async () => {
      const { ready, inFlight, dead } = await self.queue(name).depth();
      return `${ready} ready, ${inFlight} in flight, ${dead} dead`;
    });
  }
}
