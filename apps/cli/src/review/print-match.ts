import { styled } from '@slipstream/shared';
import { colour, printLine } from '@slipstream/terminal';
import type { ReceiptDetail } from '../service/receipts-service.ts';

/** Whose receipt it is, and why; or who it may be. */
export function printMatch({ merchant, match_status, document, image_id, receipt_id }: ReceiptDetail): void {
  const match = document.merchant_match;
  if (match_status === 'UNSURE') {
    printLine(styled`  ${'known as'.padEnd(12)} ${colour.yellow('unsure')}`);
    for (const { merchant_id, name, confidence } of match?.candidates ?? [])
      printLine(styled`    ${merchant_id}  ${name}  ${colour.dim(`${Math.round(confidence * 100)} %`)}`);
    printLine(colour.dim(`    slipstream merchants assign ${image_id}/${Number(receipt_id)} MERCHANT_ID says which.`));
  } else if (merchant !== null) {
    const isOwn = match?.merchant_id === merchant.merchant_id;
    const how = isOwn
      ? `${match.status.toLowerCase()} by ${match.tier}, ${Math.round(match.confidence * 100)} %`
      : 'merged or assigned since';
    printLine(styled`  ${'known as'.padEnd(12)} ${merchant.name}  ${colour.dim(`${merchant.merchant_id}, ${how}`)}`);
  }
  for (const evidence of match?.evidence ?? []) printLine(colour.dim(`    ${evidence}`));
}
