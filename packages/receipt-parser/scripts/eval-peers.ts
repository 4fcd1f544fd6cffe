/**
 * The parser beside others, on the same receipts in the same run: a peer from PyPI (amagi-receipts-to-csv 0.1.0, which
 * is given the same text) and a naive floor (first row, first date, largest amount).
 *
 *   npm run eval:peers -- [--python FILE] [--json]
 *
 * --python names the Python of an environment that has the peer; the parser has to lead both in every field.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Bar, endWithBars } from './eval/bars.ts';
import { isoDayOfKey } from './eval/entities.ts';
import { fromStart } from './eval/from-start.ts';
import { measuringSet } from './eval/measuring-sets.ts';
import { type PeerReceipt, readNaive, readOwn, readPeer } from './eval/peers/peer-readers.ts';
import { emptyTally, type PeerTally, tallyReading } from './eval/peers/peer-reading.ts';
import { keyedReceipts } from './eval/receipts-folder.ts';
import { textTable } from './eval/text-table.ts';
import { wildKeyOf, wildReceipts } from './eval/wild/wild-key.ts';

/** Merchant, which the peer reads well, may lie behind it by this much; all else has to lead. */
const LEAD_MIN = { merchant: -0.2, date: -0.05, total: 0 } as const;

const { values } = parseArgs({
  options: { python: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const python = values.python === undefined ? 'python3' : fromStart(values.python);
const results = [...wild(), ...sroie()].map(({ name, receipts, day_first }) => {
  const peer = readPeer(python, receipts, day_first);
  const tools: Record<string, PeerTally> = { slipstream: emptyTally(), 'first row, largest amount': emptyTally() };
  if (peer !== null) tools['amagi-receipts-to-csv'] = emptyTally();
  for (const receipt of receipts) {
    tally(tools.slipstream, receipt, readOwn(receipt));
    tally(tools['first row, largest amount'], receipt, readNaive(receipt));
    const reading = peer?.get(receipt.id);
    if (reading !== undefined) tally(tools['amagi-receipts-to-csv'], receipt, reading);
  }
  return { name, receipts: receipts.length, tools };
});
const bars = results.flatMap(({ name, tools }) => barsOf(name, tools));
if (values.json) console.log(JSON.stringify({ results, bars }, null, 2));
else for (const result of results) print(result);
endWithBars(bars, !values.json);

interface PeerSet {
  readonly name: string;
  readonly receipts: readonly PeerReceipt[];
  readonly day_first: boolean;
}

function wild(): PeerSet[] {
  const folder = measuringSet('wildreceipt', 'eval:peers on receipts of many countries');
  return folder === null ? [] : [{ name: 'WildReceipt', receipts: wildReceipts(folder), day_first: false }];
}

function sroie(): PeerSet[] {
  const folder = measuringSet('sroie', 'eval:peers on Malaysian receipts');
  if (folder === null) return [];
  const receipts = keyedReceipts(path.join(folder, 'box'), path.join(folder, 'key'), null).map(
    ({ id, document, key: { company, date, total } }) => ({
      id,
      document,
      key: wildKeyOf({ name: company ?? '', date: isoDayOfKey(date ?? '') ?? '', total: total ?? '' }),
    }),
  );
  return [{ name: 'SROIE', receipts, day_first: true }];
}

function tally(of: PeerTally | undefined, { key }: PeerReceipt, reading: ReturnType<typeof readOwn>): void {
  if (of !== undefined) tallyReading(of, reading, key);
}

function share({ keys, right }: PeerTally['total']): number {
  return right / Math.max(keys, 1);
}

function barsOf(name: string, { slipstream, ...others }: Record<string, PeerTally>): Bar[] {
  if (slipstream === undefined) return [];
  const fields = ['merchant', 'date', 'total'] as const;
  const leads = Object.entries(others).flatMap(([other, tallied]) =>
    fields.map(
      (field): Bar => ({
        what: `${name}: lead over ${other}, ${field}`,
        value: share(slipstream[field]) - share(tallied[field]),
        kind: 'at least',
        bar: LEAD_MIN[field],
        goal: 0,
      }),
    ),
  );
  return leads;
}

function print({ name, receipts, tools }: (typeof results)[number]): void {
  console.log(`${name}: ${receipts} receipts, given the text`);
  const rows = Object.entries(tools).map(([tool, tallied]) => [
    tool,
    share(tallied.merchant).toFixed(3),
    share(tallied.date).toFixed(3),
    share(tallied.total).toFixed(3),
    String(tallied.accepted),
    String(tallied.accepted_wrong),
  ]);
  for (const line of textTable(['tool', 'merchant', 'date', 'total', 'accepted', 'of them wrong'], rows))
    console.log(line);
}
