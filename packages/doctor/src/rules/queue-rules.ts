import type { Snapshot } from '../snapshot/snapshot.ts';
import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

type Queue = Snapshot['queues'][number];

const VISIBILITY_TIMES = 6;

function consumersOf(snapshot: Snapshot, queue: Queue) {
  return snapshot.mappings.flatMap((mapping) => {
    if (mapping.source !== queue.arn && mapping.source !== queue.id) return [];
    const fn = snapshot.functions.find(({ id }) => id === mapping.function_id);
    return fn ? [{ fn, mapping }] : [];
  });
}

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

export const noDeadLettersRule: Rule = {
  id: 'no-dead-letters',
  causes: [],
  title: 'A queue or function has no dead letters',
  explanation:
    'Without a dead-letter queue a message that cannot be processed comes back until it expires, and takes places of others meanwhile; an asynchronous event is dropped after two retries. Receive counts below 5 give up on messages that were only throttled.',
  page: PAGES.deadLetters,
  check: (examination) => {
    const { snapshot } = examination;
    return snapshot.queues.flatMap((queue) => {
      const [consumer] = consumersOf(snapshot, queue);
      if (!consumer || queue.dead_letter_arn !== null) return [];
      return [
        makeFinding(examination, noDeadLettersRule, {
          severity: 'warning',
          message: `${queue.name} has no dead-letter queue: what ${consumer.fn.name} cannot process comes back until it expires.`,
          resources: [queue.id],
          functions: [consumer.fn.name],
          evidence: [`${queue.id}: no redrive policy`],
          fix: {
            command: `aws sqs set-queue-attributes --queue-url $(aws sqs get-queue-url --queue-name ${queue.name} --query QueueUrl --output text) --attributes '{"RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"DEAD_QUEUE_ARN\\",\\"maxReceiveCount\\":\\"5\\"}"}'`,
            change: `Give ${queue.id} a redrive_policy with maxReceiveCount 5 or more.`,
          },
          verify: verifyCommand(snapshot, [consumer.fn]),
        }),
      ];
    });
  },
};

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
      const dead = snapshot.queues.find(({ arn }) => arn === queue.dead_letter_arn);
      if (!dead || queue.retention_s === null || dead.retention_s === null || !/compaction|delta/i.test(queue.name))
        return [];
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

export const mappingOffRule: Rule = {
  id: 'mapping-off',
  causes: [],
  title: 'A mapping is disabled, or its function throttled to nothing',
  explanation:
    'A disabled event source mapping polls nothing, and reserved concurrency 0 lets the function run never: messages wait and nothing fails. Limit concurrency with the mapping’s MaximumConcurrency; reserved concurrency alone makes SQS count receives that were throttled.',
  page: PAGES.lambdaMappings,
  check: (examination) => {
    const { snapshot } = examination;
    const disabled = snapshot.mappings.flatMap((mapping) => {
      const isOff = mapping.enabled === false || /^Disabl/.test(mapping.state ?? '');
      if (!isOff) return [];
      const fn = snapshot.functions.find(({ id }) => id === mapping.function_id);
      return [
        makeFinding(examination, mappingOffRule, {
          severity: 'error',
          message: `The mapping from ${mapping.source ?? 'its source'} to ${fn?.name ?? 'a function'} is disabled: messages wait and nothing fails.`,
          resources: [mapping.id],
          functions: fn ? [fn.name] : [],
          evidence: [`enabled ${mapping.enabled}`, `state ${mapping.state ?? 'unknown'}`],
          fix: {
            command: `aws lambda update-event-source-mapping --uuid ${mapping.id} --enabled`,
            change: `Set enabled = true on ${mapping.id}.`,
          },
          verify: `aws lambda get-event-source-mapping --uuid ${mapping.id} --query State`,
        }),
      ];
    });
    const throttled = snapshot.functions.flatMap((fn) => {
      if (fn.reserved_concurrency !== 0) return [];
      return [
        makeFinding(examination, mappingOffRule, {
          severity: 'error',
          message: `${fn.name} is throttled to nothing: its reserved concurrency is 0.`,
          resources: [fn.id],
          functions: [fn.name],
          evidence: ['reserved concurrency 0'],
          fix: {
            command: `aws lambda delete-function-concurrency --function-name ${fn.name}`,
            change: `Take reserved_concurrent_executions = 0 off ${fn.id}.`,
          },
          verify: `aws lambda get-function-concurrency --function-name ${fn.name}`,
        }),
      ];
    });
    return [...disabled, ...throttled];
  },
};

export const messagesInFlightRule: Rule = {
  id: 'messages-in-flight',
  causes: [],
  title: 'Messages are stuck in flight',
  explanation:
    'Messages that a hung run took stay in flight until the visibility time-out ends (not 60 s). Only the holder of their receipt handle can shorten that with ChangeMessageVisibility: once the run is gone, nobody can.',
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
      return [
        makeFinding(examination, messagesWaitingRule, {
          severity: 'warning',
          certainty: 'measured',
          message: `${queue.ready} messages wait in ${queue.name} for up to ${queue.oldest_age_s} s, and ${isAgents ? 'no agent takes them' : 'no consumer takes them'}.`,
          resources: [queue.id],
          evidence: [
            `${queue.ready} visible, 0 in flight`,
            `oldest ${queue.oldest_age_s} s`,
            ...(snapshot.agents ? [`${snapshot.agents.count} agents known`] : []),
          ],
          fix: {
            command: isAgents
              ? 'receipt-ocr --continuous --outputs outputs.json'
              : `aws lambda list-event-source-mappings --event-source-arn ${queue.arn}`,
            change: 'Start a consumer.',
          },
          verify: isAgents ? 'slipstream agents' : verifyCommand(snapshot),
        }),
      ];
    });
  },
};
