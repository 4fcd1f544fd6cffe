import { randomUUID } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { RecordWrite } from '@slipstream/shared';
import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DynamoRecords, S3ObjectStore } from '../src/index.ts';
import { answerJson, type Script, type ScriptedServer, serveScript } from './scripted-server.ts';

const RECORD = { pk: 'IMAGE#1', sk: 'IMAGE', type: 'IMAGE', revision: 1, owner: 'agent-1' };
const CONDITION_FAILED = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';

let server: ScriptedServer;
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const recordsOn = async (script: Script) => {
  server = await serveScript(script);
  return new DynamoRecords('receipts', { endpoint: server.endpoint, region: 'us-east-1' });
};

/** The first answer is lost; to the repetition the table says that the condition does not hold, and what it found. */
const losing =
  (found: Record<string, AttributeValue> | null): Script =>
  (_, response, index) => {
    if (index === 0) response.destroy();
    else answerJson(response, { __type: CONDITION_FAILED, ...(found ? { Item: found } : {}) }, 400);
  };

describe('a write whose answer was lost', () => {
  const put = { kind: 'put', record: RECORD, condition: { ifAbsent: true } } as const;
  const update = {
    kind: 'update',
    key: RECORD,
    set: { owner: 'agent-2' },
    remove: ['reason'],
    condition: { ifRevision: 1 },
  } as const satisfies RecordWrite;

  it('is done when what stands there is its own', async () => {
    const records = await recordsOn(losing(marshall(RECORD)));
    expect(await records.write(put)).toEqual(RECORD);
    expect(server.requests).toHaveLength(2);
  });

  it('has failed when somebody else’s stands there', async () => {
    const records = await recordsOn(losing(marshall({ ...RECORD, owner: 'agent-2' })));
    await expectError(records.write(put), 'CONDITION_FAILED');
  });

  it('is done when the record is as an update would have made it', async () => {
    const records = await recordsOn(losing(marshall({ ...RECORD, revision: 2, owner: 'agent-2' })));
    expect(await records.write(update)).toMatchObject({ revision: 2, owner: 'agent-2' });
  });

  it.each([
    ['another owner', { ...RECORD, revision: 2, owner: 'agent-3' }],
    ['a later revision', { ...RECORD, revision: 3, owner: 'agent-2' }],
    ['what it would have removed', { ...RECORD, revision: 2, owner: 'agent-2', reason: 'x' }],
  ])('has failed when the record has %s', async (_, found) => {
    const records = await recordsOn(losing(marshall(found)));
    await expectError(records.write(update), 'CONDITION_FAILED');
  });

  it('is a deletion that is done when nothing stands there', async () => {
    const records = await recordsOn(losing(null));
    expect(await records.write({ kind: 'delete', key: RECORD, condition: { ifRevision: 1 } })).toBeNull();
  });

  it('is not repeated when it would add twice', async () => {
    const records = await recordsOn((_, response) => response.destroy());
    await expectError(records.write({ kind: 'update', key: RECORD, add: { used: 1 } }), 'STORE_UNAVAILABLE');
    expect(server.requests).toHaveLength(1);
  });

  it('has failed for good when the condition did not hold in the first place', async () => {
    const records = await recordsOn((_, response) =>
      answerJson(response, { __type: CONDITION_FAILED, Item: marshall(RECORD) }, 400),
    );
    await expectError(records.write(put), 'CONDITION_FAILED');
    expect(server.requests).toHaveLength(1);
  });
});

it('a transaction is repeated with its token, so that DynamoDB knows it again', async () => {
  const records = await recordsOn((_, response, index) => (index < 2 ? response.destroy() : answerJson(response, {})));
  const write = { kind: 'put', record: RECORD } as const;
  await records.transact([write]);
  await records.transact([write]);
  const tokens = server.requests.map(({ body }) => JSON.parse(body).ClientRequestToken);
  expect(new Set(tokens.slice(0, 3)).size).toBe(1);
  expect(tokens[3]).not.toBe(tokens[0]);
});

describe('an object', () => {
  const objectsOn = async (script: Script) => {
    server = await serveScript(script);
    return new S3ObjectStore(`b-${randomUUID()}`, { endpoint: server.endpoint, region: 'us-east-1' });
  };

  it('that breaks off is an error, and not a short object', async () => {
    const objects = await objectsOn((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('the first bytes', () => response.destroy());
    });
    const { body } = await objects.get('raw/1');
    const read = (async () => {
      for await (const _ of body); // to its end
    })();
    expect((await expectError(read, 'STORE_UNAVAILABLE')).message).toContain('15 of 1000 bytes');
  });

  it('is asked for again when S3 fails, and refused when it is not there', async () => {
    const objects = await objectsOn((_, response, index) => {
      if (index === 0) response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
      else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    });
    await expectError(objects.get('raw/1'), 'OBJECT_NOT_FOUND');
    expect(server.requests).toHaveLength(2);
  });

  it('of a bucket that does not exist is no missing object', async () => {
    const objects = await objectsOn((_, response) =>
      response.writeHead(404).end('<Error><Code>NoSuchBucket</Code></Error>'),
    );
    await expectError(objects.get('raw/1'), 'ACCESS_DENIED');
  });
});
