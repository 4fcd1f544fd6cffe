import { PAGES } from './pages.ts';
import { consumersOf } from './queue-consumers.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

const WAITING_S = 900;

export const messagesWaitingRule: Rule = {
  id: 'messages-waiting',
  causes: [],
  title: 'Messages wait and no consumer takes them',
  explanation:
    'Nothing hangs: the queue has no consumer that is running. For ocr-queue that is an agent on a machine of one’s own.',
  page: PAGES.queueVisibility,
  check: (examination) => {
    const { snapshot } = examination;
    return snapshot.queues.flatMap((queue) => {
      if (
        !queue.ready ||
        queue.in_flight !== 0 ||
        (queue.oldest_age_s ?? 0) < WAITING_S ||
        consumersOf(snapshot, queue).length > 0
      )
        return [];
      if (snapshot.queues.some(({ dead_letter_arn }) => dead_letter_arn === queue.arn)) return [];
      const isAgents = /(^|-)ocr-queue$/.test(queue.name);
      const known = snapshot.agents?.count ?? 0;
      const standstill = !isAgents
        ? 'no consumer takes them'
        : known === 0
          ? 'no agent takes them'
          : `none of the ${known} agents that run takes them`;
      return [
        makeFinding(examination, messagesWaitingRule, {
          severity: 'warning',
          certainty: 'measured',
          message: `${queue.ready} messages wait in ${queue.name} for up to ${queue.oldest_age_s} s, and ${standstill}.`,
          resources: [queue.id],
          evidence: [
            `${queue.ready} visible, 0 in flight`,
            `oldest ${queue.oldest_age_s} s`,
            ...(isAgents && snapshot.agents
              ? [
                  `${known} agents say that they run${snapshot.agents.last_seen_s === null ? '' : `, the last ${snapshot.agents.last_seen_s} s ago`}`,
                ]
              : []),
          ],
          fix: {
            command: isAgents
              ? known > 0
                ? 'slipstream agents'
                : 'receipt-ocr --continuous --outputs outputs.json'
              : `aws lambda list-event-source-mappings --event-source-arn ${queue.arn}`,
            change: 'Start a consumer.',
          },
          verify: isAgents ? 'slipstream agents' : verifyCommand(snapshot),
        }),
      ];
    });
  },
};
