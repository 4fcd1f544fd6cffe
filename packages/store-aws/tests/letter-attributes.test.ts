import { describe, expect, it } from 'vitest';
import { letterAttributes, letterOf } from '../src/sqs/letter-attributes.ts';

const REASON = { code: 'IMAGE_UNREADABLE', message: 'It is damaged.', details: { key: 'raw/1', attempt: 2, at: null } };
const message = (attributes: ReturnType<typeof letterAttributes>) => ({
  MessageId: 'of-the-letter',
  Body: '{}',
  Attributes: { SentTimestamp: '1700000000000', ApproximateReceiveCount: '7' },
  MessageAttributes: attributes,
});

describe('a dead letter', () => {
  it('carries its reason, its first id and its receives', () => {
    const attributes = letterAttributes({ id: 'message-1', reason: REASON, receiveCount: 3 });
    expect(letterOf(message(attributes))).toEqual({
      id: 'message-1',
      body: '{}',
      reason: REASON,
      receiveCount: 3,
      deadAt: 1_700_000_000_000,
    });
  });

  it('that SQS moved by itself has no reason, and its own id', () => {
    expect(letterOf(message({}))).toMatchObject({ id: 'of-the-letter', reason: null, receiveCount: 7 });
  });

  it.each(['not JSON', '[1]', '{"a":{}}'])('with details that cannot be read (%s) is a letter all the same', (text) => {
    const attributes = letterAttributes({ id: 'message-1', reason: REASON, receiveCount: 3 });
    const { code, message: sentence } = REASON;
    const odd = { ...attributes, reason_details: { DataType: 'String', StringValue: text } };
    expect(letterOf(message(odd)).reason).toEqual({ code, message: sentence });
  });

  it('says nothing that SQS refuses', () => {
    const reason = { code: 'X', message: 'nul\u0000 lone\ud800 \uffff' };
    const { reason_message } = letterAttributes({ id: 'm', reason, receiveCount: 1 });
    expect(reason_message?.StringValue).toMatch(/^nul {2}lone\ufffd {2}$/);
    expect(letterAttributes({ id: 'm', reason: { code: 'X', message: '' }, receiveCount: 1 }).reason_message).toEqual({
      DataType: 'String',
      StringValue: ' ',
    });
  });
});
