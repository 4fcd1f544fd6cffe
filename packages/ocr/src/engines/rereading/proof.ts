import type { Receipt } from '@slipstream/shared';
import { isUnproven } from './doubtful-zones.ts';

/** As many receipts, and one fewer of them whose sum fails, while none that held fails now. */
export function isProven(before: readonly Receipt[], after: readonly Receipt[]): boolean {
  if (after.length !== before.length) return false;
  const [was, is] = [before.filter(isUnproven).length, after.filter(isUnproven).length];
  return (
    is < was && after.every((receipt, i) => !isUnproven(receipt) || isUnproven(before[i] ?? receipt)) && addsUp(after)
  );
}

/** A sum that holds because a row is gone, or because another figure is the total now, proves nothing. */
export function isNothingLost(before: readonly Receipt[], after: readonly Receipt[], isOfTotal: boolean): boolean {
  return after.every((receipt, i) => {
    const was = before[i];
    if (was === undefined) return false;
    const isSameTotal = was.total === null || receipt.total?.value === was.total.value;
    return receipt.line_items.length >= was.line_items.length && (isOfTotal || isSameTotal);
  });
}

/** What was unproven and no longer is has a sum that holds, not merely no check that fails. */
function addsUp(receipts: readonly Receipt[]): boolean {
  return receipts.filter((receipt) => !isUnproven(receipt)).every(({ checks }) => checks.some(({ ok }) => ok));
}
