/**
 * Speed of the parser on one core, given text: receipts a second, a 200-line receipt, and documents far longer than any
 * receipt. The bars are on wall time in the best round, as a user would see it; CPU time of the same thread stands
 * beside it, and tells a slow parser from a busy machine.
 *
 *   npm run bench [-- --json] [--beside CHECKOUT]
 *
 * --beside measures the parser of another checkout in the same rounds, turn by turn: the one way to compare two on a
 * machine that others use.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type OcrDocument, ocrDocumentSchema } from '@slipstream/shared';
import { parseDocument } from '../src/index.ts';
import { fromStart } from './eval/from-start.ts';
import { drawReceipt } from './synthetic/draw-receipt.ts';
import { longDocument } from './synthetic/long-document.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const RECEIPTS_PER_S_MIN = 1500;
const LINES_200_MS_MAX = 5;
const LINES_5000_MS_MAX = 100;
/** The first rounds run before the compiler has settled; the best counts. */
const ROUNDS = 40;

/** Beside another checkout: at least this share of its receipts a second. */
const BESIDE_MIN = 0.9;

type Parse = (document: OcrDocument, ids: typeof IDS) => unknown;

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, beside: { type: 'string' } },
});
const drawn = Array.from({ length: 200 }, (_, i) => arrived(drawReceipt(7, i).document));
const lines = drawn.reduce((sum, document) => sum + document.lines.length, 0) / drawn.length;
const receipts = bestRound(drawn);
const long = bestRound(times(arrived(longDocument(200)), 20));
const longest = bestRound(times(arrived(longDocument(5000)), 2));
const per_s = (ms: number): number => (drawn.length / ms) * 1000;
const results = [
  {
    what: `receipts a second (${lines.toFixed(0)} lines each)`,
    wall: per_s(receipts.wall_ms),
    cpu: per_s(receipts.cpu_ms),
    bar: `at least ${RECEIPTS_PER_S_MIN}`,
    ok: per_s(receipts.wall_ms) >= RECEIPTS_PER_S_MIN,
  },
  {
    what: 'ms for a receipt of 200 lines',
    wall: long.wall_ms / 20,
    cpu: long.cpu_ms / 20,
    bar: `at most ${LINES_200_MS_MAX}`,
    ok: long.wall_ms / 20 <= LINES_200_MS_MAX,
  },
  {
    what: 'ms for a document of 5,000 lines',
    wall: longest.wall_ms / 2,
    cpu: longest.cpu_ms / 2,
    bar: `at most ${LINES_5000_MS_MAX}`,
    ok: longest.wall_ms / 2 <= LINES_5000_MS_MAX,
  },
];
if (values.beside !== undefined) results.push(await compared(fromStart(values.beside)));
if (values.json) console.log(JSON.stringify(results, null, 2));
else {
  console.log(`${''.padEnd(40)} ${'wall'.padStart(9)} ${'CPU'.padStart(9)}`);
  for (const { what, wall, cpu, bar, ok } of results)
    console.log(
      `${what.padEnd(40)} ${wall.toFixed(2).padStart(9)} ${cpu.toFixed(2).padStart(9)}   ${bar}  ${ok ? 'ok' : 'MISSED'}`,
    );
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

/** As a document comes from an agent: read from JSON. */
function arrived(document: OcrDocument): OcrDocument {
  return ocrDocumentSchema.parse(JSON.parse(JSON.stringify(document)));
}

/** The clock of CPU time ticks in hundredths of a second on some systems: short work is measured by the dozen. */
function times(document: OcrDocument, count: number): OcrDocument[] {
  return Array.from({ length: count }, () => document);
}

interface Round {
  readonly wall_ms: number;
  readonly cpu_ms: number;
}

function bestRound(documents: readonly OcrDocument[]): Round {
  return bestOf(Array.from({ length: ROUNDS }, () => round(documents, parseDocument)));
}

function round(documents: readonly OcrDocument[], parse: Parse): Round {
  const started = performance.now();
  const before = process.threadCpuUsage();
  for (const document of documents) parse(document, IDS);
  const { user, system } = process.threadCpuUsage(before);
  return { wall_ms: performance.now() - started, cpu_ms: (user + system) / 1000 };
}

function bestOf(rounds: readonly Round[]): Round {
  return {
    wall_ms: Math.min(...rounds.map(({ wall_ms }) => wall_ms)),
    cpu_ms: Math.min(...rounds.map(({ cpu_ms }) => cpu_ms)),
  };
}

async function compared(checkout: string): Promise<(typeof results)[number]> {
  const other: { parseDocument: Parse } = await import(path.join(checkout, 'packages/receipt-parser/src/index.ts'));
  const pairs = Array.from({ length: ROUNDS }, () => [round(drawn, other.parseDocument), round(drawn, parseDocument)]);
  const [theirs, ours] = [0, 1].map((i) => bestOf(pairs.flatMap((pair) => pair[i] ?? [])));
  const wall = (theirs?.wall_ms ?? 0) / (ours?.wall_ms ?? 1);
  return {
    what: 'speed beside the other checkout',
    wall,
    cpu: (theirs?.cpu_ms ?? 0) / (ours?.cpu_ms ?? 1),
    bar: `at least ${BESIDE_MIN}`,
    ok: wall >= BESIDE_MIN,
  };
}
