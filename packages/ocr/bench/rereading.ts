import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseDocument } from '@slipstream/receipt-parser';
import { type OcrDocument, ocrDocumentSchema } from '@slipstream/shared';
import { ReadingPool } from '../src/children/reading-pool.ts';
import type { EngineImage, OcrEngine } from '../src/engines/engine.ts';
import { PpocrEngine } from '../src/engines/ppocr/index.ts';
import { RereadingEngine } from '../src/engines/rereading/rereading-engine.ts';
import { openTesseractAlone } from '../src/engines/tesseract/index.ts';
import { keyedTotals } from './keyed-totals.ts';
import { processTree } from './process-tree.ts';
import { imageOf } from './tally.ts';

const USAGE = `usage: npm run bench:rereading -- DIR… [--images N] [--kept DIR] [--limit-s N] [--json]

What reading again is worth where the figures of a receipt do not add up: of the pictures of each DIR/img (keys in
DIR/key), how many receipts need a person before and after, how many have a wrong total that nobody is asked about, and
what it takes. Keys are SROIE's or WildReceipt's.

  --images  only the first N pictures of each folder
  --kept    keeps the first readings there, and uses those of an earlier run
  --limit-s seconds for one image instead of two: what a machine that is busy with other work could do alone
  --json    one JSON object

Ends with 1 where fewer than 10 % fewer receipts need a person, where one became silently wrong, or where the median of
the added time is over 0.5 s.

  npm run bench:rereading -- ../shared/sroie ../shared/wildreceipt --kept /tmp/read`;

const IMAGE_ID = '00000000-0000-5000-8000-000000000000';
const TIMEOUT_MS = 120_000;
const FALL_MIN = 0.1;
const ADDED_S_MAX = 0.5;

interface Outcome {
  readonly needs_review: boolean;
  /** The total is not what a person read, and nobody is asked. */
  readonly silently_wrong: boolean;
}
interface Compared {
  readonly file: string;
  readonly before: Outcome;
  readonly after: Outcome;
  readonly zones: number;
  readonly added_s: number;
  readonly cpu_s: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'string' },
    kept: { type: 'string' },
    'limit-s': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || positionals.length === 0) {
  (values.help ? console.log : console.error)(USAGE);
  process.exit(values.help ? 0 : 2);
}
// npm runs this in the package's folder; people name folders from where they are.
const fromStart = (given: string) => path.resolve(process.env.INIT_CWD ?? '.', given);

const pool = new ReadingPool({ size: availableParallelism(), timeoutMs: TIMEOUT_MS });
const engine = new PpocrEngine(pool, { languages: [], script: 'latin' });
const second = await openTesseractAlone({ timeoutMs: TIMEOUT_MS, concurrency: 1 });
await Promise.all([engine.prewarm(), second.prewarm()]);
const compared: Compared[] = [];
for (const folder of positionals.map(fromStart)) {
  const kept = values.kept === undefined ? null : path.join(fromStart(values.kept), path.basename(folder));
  if (kept !== null) mkdirSync(kept, { recursive: true });
  const files = readdirSync(path.join(folder, 'img'))
    .sort()
    .slice(0, Number(values.images ?? Number.POSITIVE_INFINITY));
  for (const file of files) {
    const totals = keyedTotals(path.join(folder, 'key', `${path.parse(file).name}.json`));
    if (totals !== null) compared.push(await compare(path.join(folder, 'img', file), totals, kept));
  }
}
await Promise.all([engine.close(), second.close()]);
report();

async function compare(file: string, totals: ReadonlySet<number>, kept: string | null): Promise<Compared> {
  const image = imageOf(file);
  const first = await firstReading(image, kept === null ? null : path.join(kept, `${path.parse(file).name}.json`));
  const reader = new RereadingEngine(readingOnce(engine, first), {
    openSecond: async () => second,
    ...(values['limit-s'] !== undefined && { timeMs: Number(values['limit-s']) * 1_000 }),
  });
  const cpu = processTree.cpuSeconds();
  const from = performance.now();
  const document = await reader.recognise(image, new AbortController().signal);
  const added_s = (performance.now() - from) / 1_000;
  const cpu_s = processTree.cpuSeconds() - cpu;
  const zones = document.passes?.length ?? 0;
  return {
    file: path.basename(file),
    before: outcomeOf(first, totals),
    after: outcomeOf(document, totals),
    zones,
    added_s,
    cpu_s,
  };
}

async function firstReading(image: EngineImage, kept: string | null): Promise<OcrDocument> {
  if (kept !== null && existsSync(kept)) return ocrDocumentSchema.parse(JSON.parse(readFileSync(kept, 'utf8')));
  const document = await engine.recognise(image, new AbortController().signal);
  if (kept !== null) writeFileSync(kept, JSON.stringify(document));
  return document;
}

/** The engine, except that the whole image is as it was read already: what is measured is what comes after that. */
function readingOnce(of: OcrEngine, first: OcrDocument): OcrEngine {
  return {
    name: of.name,
    version: of.version,
    concurrency: of.concurrency,
    prewarm: () => of.prewarm(),
    close: async () => {},
    recognise: (image, signal) =>
      image.sha256 === first.image.sha256 ? Promise.resolve(first) : of.recognise(image, signal),
  };
}

function outcomeOf(document: OcrDocument, totals: ReadonlySet<number>): Outcome {
  const [receipt] = parseDocument(document, { image_id: IMAGE_ID });
  if (receipt === undefined) return { needs_review: true, silently_wrong: false };
  const isRight = totals.size === 0 || totals.has(Math.round(Number(receipt.total?.value ?? Number.NaN) * 100));
  return { needs_review: receipt.needs_review, silently_wrong: !receipt.needs_review && !isRight };
}

function report(): void {
  const count = (counts: (one: Compared) => boolean) => compared.filter(counts).length;
  const before = count((one) => one.before.needs_review);
  const after = count((one) => one.after.needs_review);
  const fall = before === 0 ? 0 : (before - after) / before;
  const wrong = compared
    .filter((one) => one.after.silently_wrong && !one.before.silently_wrong)
    .map(({ file }) => file);
  const again = compared.filter(({ zones }) => zones > 0);
  const median = (of: readonly number[]) => of.toSorted((a, b) => a - b)[of.length >> 1] ?? 0;
  const median_s = median(again.map(({ added_s }) => added_s));
  const median_cpu_s = median(again.map(({ cpu_s }) => cpu_s));
  const bars = [
    { what: 'fewer receipts need a person', value: fall, bar: FALL_MIN, met: fall >= FALL_MIN },
    { what: 'became silently wrong', value: wrong.length, bar: 0, met: wrong.length === 0 },
    { what: 'added where read again, median (s)', value: median_s, bar: ADDED_S_MAX, met: median_s <= ADDED_S_MAX },
  ];
  if (values.json)
    console.log(
      JSON.stringify({ images: compared.length, before, after, read_again: again.length, median_cpu_s, wrong, bars }),
    );
  else {
    console.log(`${compared.length} pictures, ${again.length} read again: ${before} needed a person, ${after} do`);
    console.log(`processor time where read again, median: ${median_cpu_s.toFixed(2)} s`);
    for (const file of wrong) console.log(`  silently wrong now: ${file}`);
    for (const { what, value, bar, met } of bars)
      console.log(`${met ? 'ok    ' : 'MISSED'}  ${what.padEnd(36)}${value.toFixed(3).padStart(7)}  (${bar})`);
  }
  process.exitCode = compared.length > 0 && bars.every(({ met }) => met) ? 0 : 1;
}
