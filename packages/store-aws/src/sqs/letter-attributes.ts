import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { DeadLetter, DeadLetterReason } from '@slipstream/shared';
import { z } from 'zod';

/** What a dead letter says of itself, as message attributes: SQS's own redrive attaches none, which is how it is told. */
const NAMES = {
  id: 'letter_id',
  code: 'reason_code',
  message: 'reason_message',
  details: 'reason_details',
  receives: 'receive_count',
} as const;

const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** SQS takes no empty value, and no character that XML 1.0 has not. */
export function textAttribute(text: string): MessageAttributeValue {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  const allowed = text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, ' ');
  return { DataType: 'String', StringValue: allowed || ' ' };
}

export function letterAttributes(letter: {
  readonly id: string;
  readonly reason: DeadLetterReason;
  readonly receiveCount: number;
}): Record<string, MessageAttributeValue> {
  const { id, reason, receiveCount } = letter;
  return {
    [NAMES.id]: textAttribute(id),
    [NAMES.code]: textAttribute(reason.code),
    [NAMES.message]: textAttribute(reason.message),
    [NAMES.receives]: { DataType: 'Number', StringValue: String(receiveCount) },
    ...(reason.details ? { [NAMES.details]: textAttribute(JSON.stringify(reason.details)) } : {}),
  };
}

/** A message of a dead-letter queue; without our attributes SQS moved it, and kept its id. */
export function letterOf(message: Message): DeadLetter {
  const value = (name: string) => message.MessageAttributes?.[name]?.StringValue;
  const code = value(NAMES.code);
  const details = value(NAMES.details);
  return {
    id: value(NAMES.id) ?? message.MessageId ?? '',
    body: message.Body ?? '',
    reason:
      code === undefined
        ? null
        : {
            code,
            message: value(NAMES.message) ?? '',
            ...detailsOf(details),
          },
    receiveCount: Number(value(NAMES.receives) ?? message.Attributes?.ApproximateReceiveCount ?? 0),
    // For what SQS moved itself this is when it was first sent.
    deadAt: Number(message.Attributes?.SentTimestamp ?? 0),
  };
}

/** What cannot be read is left out: one letter that somebody else wrote must not hide the others. */
function detailsOf(text: string | undefined): Pick<DeadLetterReason, 'details'> {
  try {
    const details = detailsSchema.safeParse(JSON.parse(text ?? 'null'));
    return details.success ? { details: details.data } : {};
  } catch {
    return {};
  }
}
