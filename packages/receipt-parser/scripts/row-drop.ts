/**
 * Row-drop test: from each receipt whose sum checked, one item's row at random is taken away; the receipt must then ask
 * for review. Drawn receipts, and those of --boxes DIR where given.
 *
 *   npm run eval:row-drop -- [--boxes DIR] [--seed N] [--json]
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { OcrDocument } from '@slipstream/shared';
import { parseDocument, sroieBoxesToOcrDocument } from '../src/index.ts';
import { droppableItems, sumChecked, withoutItem } from './eval/drop-item-row.ts';
import { fromStart } from './eval/from-start.ts';
import { drawReceipt } from './synthetic/draw-receipt.ts';
import { Random } from './synthetic/random.ts';

const FLAGGED_MIN = 0.99;
const DRAWN = 300;
const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };

const { values } = parseArgs({
  options: {
    boxes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const random = new Random(Number(values.seed));
const sets: { name: string; documents: { id: string; document: OcrDocument }[] }[] = [
  {
    name: 'drawn',
    documents: Array.from({ length: DRAWN }, (_, i) => drawReceipt(Number(values.seed), i)).map(
      ({ document, truth }) => ({ id: truth.id, document }),
    ),
  },
];
if (values.boxes !== undefined) sets.push({ name: 'given', documents: boxDocuments(fromStart(values.boxes)) });

const results = sets.map(({ name, documents }) => ({ name, receipts: documents.length, ...dropRows(documents) }));
if (values.json) console.log(JSON.stringify(results, null, 2));
else {
  console.log('set     receipts  sum checked  flagged after a row was dropped');
  for (const { name, receipts, checked, flagged, missed } of results) {
    console.log(
      `${name.padEnd(7)} ${String(receipts).padStart(8)}  ${String(checked).padStart(11)}  ${flagged} (${(flagged / Math.max(checked, 1)).toFixed(4)}, at least ${FLAGGED_MIN})`,
    );
    if (missed.length > 0) console.log(`  not flagged: ${missed.join(' ')}`);
  }
}
process.exitCode = results.every(({ flagged, checked }) => checked > 0 && flagged >= FLAGGED_MIN * checked) ? 0 : 1;

function dropRows(documents: readonly { id: string; document: OcrDocument }[]): {
  checked: number;
  flagged: number;
  missed: string[];
} {
  let checked = 0;
  const missed: string[] = [];
  for (const { id, document } of documents) {
    const [receipt] = parseDocument(document, IDS);
    if (!sumChecked(receipt)) continue;
    const items = droppableItems(receipt);
    if (items.length === 0) continue;
    checked += 1;
    const after = parseDocument(withoutItem(document, receipt, random.pick(items)), IDS)[0];
    if (after !== undefined && !after.needs_review) missed.push(id);
  }
  return { checked, flagged: checked - missed.length, missed };
}

function boxDocuments(folder: string): { id: string; document: OcrDocument }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => ({
      id: path.parse(name).name,
      document: sroieBoxesToOcrDocument(readFileSync(path.join(folder, name), 'utf8')),
    }));
}
