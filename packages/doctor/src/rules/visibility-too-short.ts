import { PAGES } from './pages.ts';
import { consumersOf } from './queue-consumers.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

const VISIBILITY_TIMES = 6;

export const visibilityTooShortRule: Rule = {
  id: 'visibility-too-short',
  causes: [],
  title: "A queue's visibility time-out is below six times its function's time-out",
  explanation:
    'A message that is still worked on becomes visible again when the visibility time-out ends, and is worked on twice. AWS asks for six times the function time-out, plus the batching window. Messages of a run that hung come back after the visibility time-out, not after 60 s.',
  page: PAGES.lambdaSqs,
  check: (examination) =>
    examination.snapshot.queues.flatMap((queue) =>
      consumersOf(examination.snapshot, queue).flatMap(({ fn }) => {
        if (
          queue.visibility_s === null ||
          fn.timeout_s === null ||
          queue.visibility_s >= VISIBILITY_TIMES * fn.timeout_s
        )
          return [];
        const wanted = VISIBILITY_TIMES * fn.timeout_s;
        return [
          makeFinding(examination, visibilityTooShortRule, {
            severity: queue.visibility_s < fn.timeout_s ? 'error' : 'warning',
            message: `${queue.name} makes messages visible after ${queue.visibility_s} s, while ${fn.name} may take ${fn.timeout_s} s: it should be ${wanted} s.`,
            resources: [queue.id, fn.id],
            functions: [fn.name],
            evidence: [`visibility ${queue.visibility_s} s`, `function time-out ${fn.timeout_s} s`],
            fix: {
              command: `aws sqs set-queue-attributes --queue-url $(aws sqs get-queue-url --queue-name ${queue.name} --query QueueUrl --output text) --attributes VisibilityTimeout=${wanted}`,
              change: `Set visibility_timeout_seconds of ${queue.id} to ${wanted}.`,
            },
            verify: verifyCommand(examination.snapshot, [fn]),
          }),
        ];
      }),
    ),
};
