import { isMerchant } from '../wild/judge-wild.ts';
import { centsOf, keyAmounts } from '../wild/key-amounts.ts';
import { keyDays, printsMonthFirst } from '../wild/key-days.ts';
import type { WildKey } from '../wild/wild-key.ts';

/** What a tool reads off a receipt, and whether it takes that without asking a person. */
export interface PeerReading {
  readonly merchant: string | null;
  readonly date: string | null;
  readonly total: string | null;
  readonly accepted: boolean;
}

export interface PeerTally {
  merchant: Share;
  date: Share;
  total: Share;
  accepted: number;
  /** Of those accepted, date or total are not what the key has. */
  accepted_wrong: number;
}

interface Share {
  keys: number;
  right: number;
}

export function emptyTally(): PeerTally {
  const none = (): Share => ({ keys: 0, right: 0 });
  return { merchant: none(), date: none(), total: none(), accepted: 0, accepted_wrong: 0 };
}

/** Judges every tool alike, by the key; a field that the key lacks is not judged. */
export function tallyReading(tally: PeerTally, { merchant, date, total, accepted }: PeerReading, key: WildKey): void {
  const texts = (labels: WildKey['Total_value']): string[] => labels.map(([text]) => text);
  const names = texts(key.Store_name_value);
  const days = keyDays(texts(key.Date_value), printsMonthFirst(texts([...key.Store_addr_value, ...key.Others])));
  const amounts = new Set(texts(key.Total_value).flatMap((text) => [...keyAmounts(text)]));
  const date_right = days.size === 0 || days.has(date ?? '');
  const total_right = amounts.size === 0 || (total !== null && amounts.has(centsOf(total)));
  count(tally.merchant, names.join('') !== '', merchant !== null && isMerchant(merchant, names));
  count(tally.date, days.size > 0, date_right);
  count(tally.total, amounts.size > 0, total_right);
  if (!accepted) return;
  tally.accepted += 1;
  if (!date_right || !total_right) tally.accepted_wrong += 1;
}

function count(share: Share, is_keyed: boolean, right: boolean): void {
  if (!is_keyed) return;
  share.keys += 1;
  share.right += Number(right);
}
