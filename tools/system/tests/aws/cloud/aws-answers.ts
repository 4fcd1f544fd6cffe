import type { Fault, Passing } from './fault-proxy.ts';

/** Answers as AWS gives them when something is wrong, in each service's own form. */
export function s3Error(status: number, code: string): Fault {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return { kind: 'answer', status, headers: { 'content-type': 'application/xml' }, body };
}

export function jsonError(status: number, type: string, message = type): Fault {
  const body = JSON.stringify({ __type: type, message });
  return { kind: 'answer', status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
}

/** What DynamoDB says to one that goes too fast, or meets another transaction. */
export function dynamoThrottling({ operation }: Passing, random: number): Fault {
  const namespace = 'com.amazonaws.dynamodb.v20120810#';
  if (operation === 'TransactWriteItems' && random < 0.5) {
    const body = JSON.stringify({
      __type: `${namespace}TransactionCanceledException`,
      Message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [TransactionConflict]',
      CancellationReasons: [{ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }],
    });
    return { kind: 'answer', status: 400, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
  }
  const type = random < 0.75 ? 'ProvisionedThroughputExceededException' : 'ThrottlingException';
  return jsonError(400, `${namespace}${type}`);
}

/** AWS allows a signature to be five minutes off. */
const SKEW_MS_MAX = 300_000;

/** AWS's verdict on a request's time; null where it is near enough. */
export function skewVerdict({ service, signed_at }: Passing): Fault | null {
  if (signed_at === null || Math.abs(signed_at - Date.now()) <= SKEW_MS_MAX) return null;
  if (service === 's3') return s3Error(403, 'RequestTimeTooSkewed');
  return jsonError(
    400,
    'com.amazon.coral.service#InvalidSignatureException',
    'Signature expired: it is too old or too new',
  );
}
