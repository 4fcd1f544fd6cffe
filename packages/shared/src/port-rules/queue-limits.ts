import { SlipstreamError } from '../errors/slipstream-error.ts';
import {
  MESSAGE_BYTES_MAX,
  MESSAGE_DELAY_MS_MAX,
  RECEIVE_MESSAGES_MAX,
  RECEIVE_WAIT_MS_MAX,
  VISIBILITY_MS_MAX,
} from '../ports/limits.ts';
import type { ReceiveOptions, SendOptions } from '../ports/queue.ts';
import { assertLimit } from './limit.ts';
import { utf8Bytes } from './text.ts';

/** SQS refuses U+FFFE and U+FFFF, which JSON leaves as they are; control characters and lone surrogates it escapes. */
const NOT_IN_MESSAGES = /[\uFFFE\uFFFF]/g;

/** The message as JSON that every queue takes. `REQUEST_INVALID` for what is no JSON, `LIMIT_EXCEEDED` for a long one. */
export function messageBody(message: unknown, options: SendOptions = {}): string {
  assertLimit('delayMs', options.delayMs ?? 0, 0, MESSAGE_DELAY_MS_MAX);
  const json = JSON.stringify(message);
  if (json === undefined) throw new SlipstreamError('REQUEST_INVALID', 'The message cannot be written as JSON.');
  const body = json.replace(NOT_IN_MESSAGES, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
  const bytes = utf8Bytes(body) + utf8Bytes(options.correlationId ?? '');
  if (bytes > MESSAGE_BYTES_MAX) {
    throw new SlipstreamError('LIMIT_EXCEEDED', `A message has at most ${MESSAGE_BYTES_MAX} bytes.`, {
      details: { bytes, bytes_max: MESSAGE_BYTES_MAX },
    });
  }
  return body;
}

export function assertReceiveOptions({ max, waitMs, visibilityMs }: ReceiveOptions): void {
  assertLimit('max', max, 1, RECEIVE_MESSAGES_MAX);
  assertLimit('waitMs', waitMs, 0, RECEIVE_WAIT_MS_MAX);
  assertVisibility(visibilityMs);
}

export function assertVisibility(visibilityMs: number): void {
  assertLimit('visibilityMs', visibilityMs, 0, VISIBILITY_MS_MAX);
}
