import type { Finding } from '../findings/finding.ts';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import { PAGES } from './pages.ts';
import { consumersOf } from './queue-consumers.ts';
import { type Examination, makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const noDeadLettersRule: Rule = {
  id: 'no-dead-letters',
  causes: [],
  title: 'A queue or function has no dead letters',
  explanation:
    'Without a dead-letter queue a message that cannot be processed comes back until it expires, and takes places of others meanwhile; an asynchronous event is dropped after two retries. Receive counts below 5 give up on messages that were only throttled.',
  page: PAGES.deadLetters,
  check: (examination) => {
    const { snapshot } = examination;
    return [
      ...queuesWithout(examination),
      ...snapshot.functions.flatMap((fn) => functionWithout(examination, fn)),
      ...snapshot.mappings.flatMap((mapping) => streamWithout(examination, mapping)),
    ];
  },
};

function queuesWithout(examination: Examination): Finding[] {
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
}

/** An event of S3 or SNS that fails three times is gone. */
function functionWithout(examination: Examination, fn: LambdaFunction): Finding[] {
  const [source] = fn.async_sources;
  if (source === undefined || fn.dead_letter_target !== null || fn.async_destinations.length > 0) return [];
  return [
    makeFinding(examination, noDeadLettersRule, {
      severity: 'warning',
      message: `${fn.name} is invoked by ${source} and has neither dead letters nor a failure destination: an event that fails three times is dropped.`,
      resources: [fn.id],
      functions: [fn.name],
      evidence: [`${source} may invoke it`, 'no dead-letter target, no event invoke configuration with a destination'],
      fix: {
        command: `aws lambda put-function-event-invoke-config --function-name ${fn.name} --destination-config '{"OnFailure":{"Destination":"DEAD_QUEUE_ARN"}}'`,
        change: `Put a queue between ${source} and ${fn.id}, or give it dead_letter_config.`,
      },
      verify: verifyCommand(examination.snapshot, [fn]),
    }),
  ];
}

/** A stream's records expire: what always fails blocks its shard until then. */
function streamWithout(examination: Examination, mapping: Snapshot['mappings'][number]): Finding[] {
  const fn = examination.index.functions.get(mapping.function_id ?? '');
  if (!fn || !/:(dynamodb|kinesis):/.test(mapping.source ?? '') || mapping.on_failure !== null) return [];
  return [
    makeFinding(examination, noDeadLettersRule, {
      severity: 'advice',
      message: `The mapping from ${mapping.source} to ${fn.name} has no failure destination: a record that always fails blocks its shard until it expires.`,
      resources: [mapping.id],
      functions: [fn.name],
      evidence: [`${mapping.id}: no destination for failures`],
      fix: {
        command: `aws lambda update-event-source-mapping --uuid ${mapping.id} --destination-config '{"OnFailure":{"Destination":"DEAD_QUEUE_ARN"}}'`,
        change: `Give ${mapping.id} destination_config.on_failure.`,
      },
      verify: verifyCommand(examination.snapshot, [fn]),
    }),
  ];
}
