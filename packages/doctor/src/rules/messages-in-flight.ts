import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';

export const messagesInFlightRule: Rule = {
  id: 'messages-in-flight',
  causes: [],
  title: 'Messages are stuck in flight',
  explanation:
    'Messages that a hung run took stay in flight until the visibility time-out ends (not 60 s). Only the holder of their receipt handle can shorten that with ChangeMessageVisibility: once the run has ended, it is lost.',
  page: PAGES.queueVisibility,
  check: (examination) =>
    examination.snapshot.queues.flatMap((queue) => {
      if (queue.in_flight === null || queue.in_flight === 0 || (queue.oldest_age_s ?? 0) < (queue.visibility_s ?? 30))
        return [];
      return [
        makeFinding(examination, messagesInFlightRule, {
          severity: 'warning',
          certainty: 'measured',
          message: `${queue.in_flight} messages of ${queue.name} are in flight, the oldest ${queue.oldest_age_s} s old: they return within ${queue.visibility_s} s, and only the holder of their receipt handle can shorten that.`,
          resources: [queue.id],
          evidence: [`ApproximateNumberOfMessagesNotVisible ${queue.in_flight}`, `visibility ${queue.visibility_s} s`],
          fix: {
            command: 'Fix what hangs (the other findings), and wait for the visibility time-out.',
            change: 'Fix what hangs (the other findings), and wait for the visibility time-out.',
          },
          verify: `aws sqs get-queue-attributes --queue-url $(aws sqs get-queue-url --queue-name ${queue.name} --query QueueUrl --output text) --attribute-names All`,
        }),
      ];
    }),
};
