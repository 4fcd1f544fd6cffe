import { keyAmounts } from './key-amounts.ts';
import type { Labelled, WildKey } from './wild-key.ts';

/** Prices whose middles are nearer than this share of the middle price's height stand on one row. */
const ROW_SHARE = 0.5;

/** The amounts of the key's items, one set of readings a row: of several prices on a row the rightmost is its amount. */
export function itemRows({ Prod_price_value }: WildKey): Set<number>[] {
  const heights = Prod_price_value.map(([, [, top, , bottom]]) => bottom - top).sort((a, b) => a - b);
  const height = heights[heights.length >> 1] ?? 0;
  const middle = ([, [, top, , bottom]]: Labelled): number => (top + bottom) / 2;
  const rows: { y: number; prices: Labelled[] }[] = [];
  for (const price of [...Prod_price_value].sort(([, a], [, b]) => a[1] - b[1])) {
    const last = rows.at(-1);
    if (last !== undefined && Math.abs(last.y - middle(price)) < ROW_SHARE * height) last.prices.push(price);
    else rows.push({ y: middle(price), prices: [price] });
  }
  return rows.flatMap(({ prices }) => {
    const rightmost = prices.reduce((a, b) => (b[1][2] > a[1][2] ? b : a));
    const amounts = keyAmounts(rightmost[0]);
    return amounts.size === 0 ? [] : [amounts];
  });
}
