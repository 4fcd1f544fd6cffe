import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkImage, sha256Hex } from '@slipstream/runtime';
import type { EngineImage, OcrEngine } from '../src/engines/engine.ts';
import { type EngineName, selectEngine } from '../src/index.ts';
import { processTree } from './process-tree.ts';
import { boxWords, type Recall, wordRecall } from './word-recall.ts';

// `npm run bench:engines -- DIR [--engines ppocr,tesseract] [--images N] [--json]`: every engine that runs here on the
// pictures of DIR, image by image in turn, so that all of them meet the same load. DIR/../box/NAME.csv, where there is one,
// holds what a person transcribed: word recall is against it. CPU is that of all processes of an engine; without /proc
// (macOS) only this process's own, which leaves out engines' children.

const PICTURE = /\.(jpe?g|png|webp|tiff?|heic|avif|gif|bmp|pdf)$/i;
const ENGINES: readonly EngineName[] = ['apple-vision', 'ppocr', 'tesseract'];
const TIMEOUT_MS = 120_000;

interface Tally {
  readonly engine: OcrEngine;
  readonly start_s: number;
  readonly recalls: Recall[];
  images: number;
  failed: number;
  words: number;
  cpu_s: number;
  wall_s: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { engines: { type: 'string' }, images: { type: 'string' }, json: { type: 'boolean' } },
});
const [given] = positionals;
if (given === undefined) {
  console.error('usage: npm run bench:engines -- DIR [--engines ppocr,tesseract] [--images N] [--json]');
  process.exit(2);
}
// npm runs this in the package's folder; people name folders from where they are.
const folder = path.resolve(process.env.INIT_CWD ?? '.', given);
const files = readdirSync(folder)
  .filter((name) => PICTURE.test(name))
  .sort()
  .slice(0, Number(values.images ?? Infinity));
const wanted = ENGINES.filter((name) => values.engines === undefined || values.engines.split(',').includes(name));

const tallies: Tally[] = [];
for (const name of wanted) {
  const tally = await start(name);
  if (tally !== null) tallies.push(tally);
}
for (const [index, file] of files.entries()) {
  const image = imageOf(file);
  // Who begins changes from image to image: the second finds the file's pages in memory.
  for (let turn = 0; turn < tallies.length; turn += 1) {
    const tally = tallies[(index + turn) % tallies.length];
    if (tally !== undefined) await read(tally, file, image);
  }
}
const peak_mb = processTree.peakMb();
const rows = tallies.map(rowOf);
await Promise.all(tallies.map(({ engine }) => engine.close()));
if (values.json)
  console.log(JSON.stringify({ images: files.length, cores: availableParallelism(), peak_mb, engines: rows }));
else print();
process.exitCode = rows.length === 0 || rows.some(({ failed }) => failed > 0) ? 1 : 0;

async function start(name: EngineName): Promise<Tally | null> {
  const from = performance.now();
  try {
    const engine = await selectEngine(name, { languages: [], concurrency: 1, timeoutMs: TIMEOUT_MS });
    await engine.prewarm();
    const start_s = (performance.now() - from) / 1_000;
    return { engine, start_s, recalls: [], images: 0, failed: 0, words: 0, cpu_s: 0, wall_s: 0 };
  } catch (thrown) {
    console.error(`${name}: ${thrown instanceof Error ? thrown.message : thrown}`);
    return null;
  }
}

function imageOf(file: string): EngineImage {
  const bytes = readFileSync(path.join(folder, file));
  return { image_id: file, bytes, sha256: sha256Hex(bytes), ...checkImage(bytes) };
}

async function read(tally: Tally, file: string, image: EngineImage): Promise<void> {
  const cpu = processTree.cpuSeconds();
  const from = performance.now();
  try {
    const document = await tally.engine.recognise(image, new AbortController().signal);
    tally.images += 1;
    tally.words += document.lines.reduce((sum, { words }) => sum + words.length, 0);
    const box = path.join(folder, '../box', `${path.parse(file).name}.csv`);
    if (existsSync(box)) tally.recalls.push(wordRecall(document, boxWords(readFileSync(box, 'utf8'))));
  } catch (thrown) {
    tally.failed += 1;
    console.error(`${tally.engine.name}, ${file}: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  tally.wall_s += (performance.now() - from) / 1_000;
  tally.cpu_s += processTree.cpuSeconds() - cpu;
}

/** Recall and precision over all words; F1 of both. Null without transcripts. */
function rowOf({ engine, start_s, recalls, images, failed, words, cpu_s, wall_s }: Tally) {
  const sum = (pick: (recall: Recall) => number) => recalls.reduce((total, recall) => total + pick(recall), 0);
  const right = sum(({ read: count }) => count);
  const transcribed = sum(({ words: count }) => count);
  const done = Math.max(1, images + failed);
  return {
    engine: `${engine.name} ${engine.version}`,
    images,
    failed,
    start_s,
    word_recall: transcribed === 0 ? null : right / transcribed,
    word_f1: transcribed === 0 || recalls.length < images ? null : (2 * right) / (transcribed + words),
    cpu_s: cpu_s / done,
    wall_s: wall_s / done,
  };
}

function print(): void {
  console.log(`${files.length} images of ${folder}, one at a time, engines in turn`);
  console.log('engine                            images  failed  recall  F1     CPU s  wall s  start s');
  const share = (value: number | null) => (value === null ? '-' : value.toFixed(3)).padEnd(6);
  for (const { engine, images, failed, word_recall, word_f1, cpu_s, wall_s, start_s } of rows) {
    console.log(
      `${engine.padEnd(34)}${String(images).padEnd(8)}${String(failed).padEnd(8)}${share(word_recall)}  ${share(word_f1)} ${cpu_s.toFixed(2).padEnd(6)} ${wall_s.toFixed(2).padEnd(7)} ${start_s.toFixed(1)}`,
    );
  }
  console.log(`peak memory of all processes together: ${peak_mb === null ? 'unknown here' : `${peak_mb} MB`}`);
}
