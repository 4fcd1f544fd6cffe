import { configRecordSchema, DELTA_LIFETIME_DAYS, DEPLOYED_QUEUE_NAMES, INDEX_ATTRIBUTES } from '@slipstream/shared';
import { describe, expect, test } from 'vitest';
import { queueSpecs } from '../src/data/queue-specs.ts';
import { dev } from '../src/environments/dev.ts';
import { statementsOf, synthesised } from './support/synthesised.ts';

const DAY_S = 86_400;

describe('buckets', () => {
  const stack = synthesised({ console_hosting: true });

  test('are private, encrypted with our key, versioned, and speak TLS only', () => {
    const buckets = stack
      .all('aws_s3_bucket')
      .map(([id]) => `\${aws_s3_bucket.${id}.id}`)
      .toSorted();
    expect(buckets).toHaveLength(3);
    const named = (type: string) =>
      stack
        .all(type)
        .map(([, each]) => String(each.bucket))
        .toSorted();
    for (const type of [
      'aws_s3_bucket_public_access_block',
      'aws_s3_bucket_server_side_encryption_configuration',
      'aws_s3_bucket_versioning',
      'aws_s3_bucket_policy',
      'aws_s3_bucket_ownership_controls',
    ]) {
      expect(named(type), type).toEqual(buckets);
    }
    for (const [, block] of stack.all('aws_s3_bucket_public_access_block')) {
      expect(block).toMatchObject({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
    }
    for (const [, { rule }] of stack.all('aws_s3_bucket_server_side_encryption_configuration')) {
      expect(rule).toMatchObject([
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: 'aws:kms',
            kms_master_key_id: `\${${stack.idOf('aws_kms_key')}.arn}`,
          },
        },
      ]);
    }
    for (const [, { policy }] of stack.all('aws_s3_bucket_policy')) {
      expect(
        statementsOf(policy).some(
          ({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
        ),
      ).toBe(true);
    }
  });

  test('deltas outlive a message, its dead letter and the redriven message', () => {
    const rules = JSON.stringify(stack.one('aws_s3_bucket_lifecycle_configuration', 'buckets_artifacts').rule);
    const days = Number(/"days":(\d+)/.exec(rules)?.[1]);
    expect(days).toBeGreaterThanOrEqual(2 * dev.retention.message_days + dev.retention.dead_letter_days);
    expect(rules).toContain('"prefix":"deltas/"');
    // What the compactor still takes is there, and what a redriven dead letter asks for is still taken.
    expect(days).toBeGreaterThan(DELTA_LIFETIME_DAYS);
    expect(DELTA_LIFETIME_DAYS).toBeGreaterThanOrEqual(2 * dev.retention.message_days + dev.retention.dead_letter_days);
  });

  test('an object under raw/ is an event on the uploads queue, which lets the bucket send', () => {
    const notification = stack.one('aws_s3_bucket_notification');
    const queue = stack.idOf('aws_sqs_queue', 'queues_uploads-queue_');
    expect(notification.queue).toMatchObject([
      { queue_arn: `\${${queue}.arn}`, events: ['s3:ObjectCreated:*'], filter_prefix: 'raw/' },
    ]);
    expect(notification.depends_on).toEqual([stack.idOf('aws_sqs_queue_policy', 'queues_uploads-queue-policy')]);
    const s3 = statementsOf(stack.one('aws_sqs_queue_policy', 'queues_uploads-queue-policy').policy).find(
      ({ Sid }) => Sid === 'RawBucketSends',
    );
    expect(s3?.Condition?.ArnEquals?.['aws:SourceArn']).toBe(`\${${stack.idOf('aws_s3_bucket', 'buckets_raw')}.arn}`);
    expect(s3?.Condition?.StringEquals).toHaveProperty('aws:SourceAccount');
  });
});

describe('queues', () => {
  const stack = synthesised();
  const queue = (name: string) => stack.one('aws_sqs_queue', `queues_${name}_`);

  test.each(DEPLOYED_QUEUE_NAMES)('%s has a dead-letter queue that keeps letters longer, and polls long', (name) => {
    const dead = stack.idOf('aws_sqs_queue', `queues_${name}-dead_`);
    const policy: unknown = JSON.parse(String(queue(name).redrive_policy));
    expect(policy).toMatchObject({ deadLetterTargetArn: `\${${dead}.arn}` });
    expect(Number(queue(`${name}-dead`).message_retention_seconds)).toBe(14 * DAY_S);
    expect(Number(queue(name).message_retention_seconds)).toBeLessThan(14 * DAY_S);
    expect(queue(name).receive_wait_time_seconds).toBe(20);
    expect(stack.one('aws_sqs_queue_redrive_allow_policy', `queues_${name}-redrive`)).toMatchObject({
      queue_url: `\${${dead}.url}`,
    });
  });

  test('each is invisible for six times its consumer’s time-out and its batching window', () => {
    for (const { name, consumer, batching_window_s } of queueSpecs(dev)) {
      if (consumer === 'ocr-agent') continue;
      const timeout = Number(stack.one('aws_lambda_function', `functions_${consumer}_`).timeout);
      expect(Number(queue(name).visibility_timeout_seconds)).toBeGreaterThanOrEqual(6 * timeout + batching_window_s);
    }
  });

  test('a job may be received a hundred times, everything else at least five', () => {
    for (const name of DEPLOYED_QUEUE_NAMES) {
      const receives = Number(/"maxReceiveCount":(\d+)/.exec(String(queue(name).redrive_policy))?.[1]);
      if (name === 'ocr-queue') expect(receives).toBe(100);
      else expect(receives).toBeGreaterThanOrEqual(5);
    }
  });

  test('every queue and topic is encrypted with our key and refuses plain HTTP', () => {
    const key = `\${${stack.idOf('aws_kms_key')}.arn}`;
    for (const [id, each] of [...stack.all('aws_sqs_queue'), ...stack.all('aws_sns_topic')])
      expect(each.kms_master_key_id, id).toBe(key);
    const guarded = stack
      .all('aws_sqs_queue_policy')
      .filter(([, { policy }]) => statementsOf(policy).some(({ Sid }) => Sid === 'TlsOnly'));
    expect(guarded).toHaveLength(stack.all('aws_sqs_queue').length);
  });
});

describe('table, key and secrets', () => {
  const stack = synthesised();

  test('the index holds what its readers read, and nothing else', () => {
    expect(stack.one('aws_dynamodb_table').global_secondary_index).toEqual([
      expect.objectContaining({
        name: 'gsi1',
        hash_key: 'gsi1pk',
        range_key: 'gsi1sk',
        projection_type: 'INCLUDE',
        non_key_attributes: [...INDEX_ATTRIBUTES],
      }),
    ]);
  });

  test('the table is paid by request, restorable, encrypted, streamed, and forgets by ttl', () => {
    expect(stack.one('aws_dynamodb_table')).toMatchObject({
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'pk',
      range_key: 'sk',
      stream_enabled: true,
      stream_view_type: 'NEW_AND_OLD_IMAGES',
      ttl: { attribute_name: 'ttl', enabled: true },
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true },
      global_secondary_index: [{ name: 'gsi1', hash_key: 'gsi1pk', range_key: 'gsi1sk' }],
    });
  });

  test('its CONFIG record is one that the programs can read', () => {
    const item: Record<string, { S?: string; N?: string }> = JSON.parse(
      String(stack.one('aws_dynamodb_table_item').item),
    );
    const record = Object.fromEntries(Object.entries(item).map(([name, { S, N }]) => [name, S ?? Number(N)]));
    expect(configRecordSchema.parse(record)).toMatchObject({ pk: 'CONFIG', sk: 'CONFIG', type: 'CONFIG' });
  });

  test('the key turns over, and each service that uses it is named, held to this account', () => {
    const key = stack.one('aws_kms_key');
    expect(key.enable_key_rotation).toBe(true);
    const statements = statementsOf(key.policy);
    const services = statements.flatMap(
      ({ Principal }) => JSON.stringify(Principal).match(/[a-z0-9.-]+\.amazonaws\.com/g) ?? [],
    );
    expect(services.toSorted()).toEqual([
      'budgets.amazonaws.com',
      'cloudwatch.amazonaws.com',
      'logs.us-east-1.amazonaws.com',
      's3.amazonaws.com',
    ]);
    for (const { Sid, Condition } of statements) {
      if (Sid === 'AccountAdministersTheKey') continue;
      expect(JSON.stringify(Condition), Sid).toContain('data.aws_caller_identity');
    }
  });

  test('secrets are made empty: no value stands in the configuration', () => {
    expect(stack.all('aws_secretsmanager_secret')).toHaveLength(3);
    expect(stack.has('aws_secretsmanager_secret_version')).toBe(false);
    expect(stack.has('aws_iam_access_key')).toBe(false);
  });

  test('prod’s data cannot be deleted by mistake', () => {
    const kept = synthesised({
      deletion_protection: true,
      agent_access: { kind: 'none' },
      watching: { alarm_email: 'none', monthly_cost_usd: 10 },
    });
    expect(kept.one('aws_dynamodb_table').deletion_protection_enabled).toBe(true);
    expect(kept.one('aws_cognito_user_pool').deletion_protection).toBe('ACTIVE');
    for (const [, bucket] of kept.all('aws_s3_bucket')) expect(bucket.force_destroy).toBe(false);
  });
});
