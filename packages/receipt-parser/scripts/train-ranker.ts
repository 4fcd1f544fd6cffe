/**
 * Trains the ranker of totals (src/ranker/total-ranker.data.json) on drawn receipts and on SROIE, which lies beside the
 * project (--sroie DIR for another place). The same receipts, rules and trainer give the same file bit for bit.
 *
 *   npm run train:ranker -w @slipstream/receipt-parser -- [--sroie DIR] [--check]
 *
 * Prints how often the ranker is right on folds that were left out, then writes the file; --check compares instead.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TOTAL_FEATURES } from '../src/ranker/total-features.ts';
import { fromStart } from './eval/from-start.ts';
import { measuringSet } from './eval/measuring-sets.ts';
import { crossValidated } from './train/cross-validate.ts';
import { TOTAL_OPTIONS, trainedFile } from './train/trained-file.ts';
import { totalTrainingSet } from './train/training-set.ts';

const FILE = path.join(import.meta.dirname, '../src/ranker/total-ranker.data.json');

const { values } = parseArgs({
  options: { sroie: { type: 'string' }, check: { type: 'boolean', default: false } },
});
const sroie = values.sroie === undefined ? measuringSet('sroie', 'train:ranker') : fromStart(values.sroie);
if (sroie !== null) run(sroie);

function run(folder: string): void {
  const groups = totalTrainingSet(folder);
  if (!values.check)
    for (const { source, receipts, right } of crossValidated(groups, TOTAL_FEATURES, TOTAL_OPTIONS))
      console.log(`left out, ${source}: ${right} of ${receipts} totals right (${(right / receipts).toFixed(3)})`);
  const text = trainedFile(groups, TOTAL_FEATURES, TOTAL_OPTIONS);
  const hash = createHash('sha256').update(text).digest('hex');
  console.log(`${groups.length} receipts, ${text.length} bytes, sha256 ${hash}`);
  if (!values.check) {
    writeFileSync(FILE, text);
    console.log(`written: ${path.relative(process.cwd(), FILE)}`);
  } else if (readFileSync(FILE, 'utf8') === text) console.log('the same as the stored file');
  else {
    console.log('MISSED: the stored file is another one: rules or features were changed since it was trained');
    process.exitCode = 1;
  }
}
