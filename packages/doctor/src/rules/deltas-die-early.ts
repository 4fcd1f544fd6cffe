import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

const DAY_S = 86_400;

export const deltasDieEarlyRule: Rule = {
  id: 'deltas-die-early',
  causes: [],
  title: 'Objects expire before the dead letters that name them',
  explanation:
    'A dead letter that is redriven late needs the object that it names: objects have to outlive a message, its dead letter and the message again. The predecessor lost deltas after 7 days whose dead letters lived for 14.',
  page: PAGES.deadLetters,
  check: (examination) => {
    const { snapshot } = examination;
    return snapshot.queues.flatMap((queue) => {
      if (!/compaction|delta/i.test(queue.name)) return [];
      const dead = snapshot.queues.find(({ arn }) => arn === queue.dead_letter_arn);
      if (!dead || queue.retention_s === null || dead.retention_s === null) return [];
      const [own, deads] = [queue.retention_s / DAY_S, dead.retention_s / DAY_S];
      const needed = Math.ceil(2 * own + deads);
      return snapshot.buckets.flatMap((bucket) =>
        bucket.expirations
          .filter(({ prefix, days }) => /^deltas?\b/.test(prefix) && days < needed)
          .map(({ prefix, days }) =>
            makeFinding(examination, deltasDieEarlyRule, {
              severity: days < deads ? 'error' : 'warning',
              message: `Objects under ${prefix} of ${bucket.name} expire after ${days} days; messages about them live for ${needed} (message, dead letter, message again).`,
              resources: [bucket.id, queue.id, dead.id],
              evidence: [`expiration ${days} days`, `retention ${queue.name} ${own} days, ${dead.name} ${deads} days`],
              fix: {
                command: `aws s3api get-bucket-lifecycle-configuration --bucket ${bucket.name}`,
                change: `Let ${prefix} of ${bucket.id} expire after ${needed} days or more.`,
              },
              verify: verifyCommand(snapshot),
            }),
          ),
      );
    });
  },
};
