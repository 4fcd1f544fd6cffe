import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineName } from '../src/index.ts';
import { type AllCores, readOnAllCores } from './all-cores.ts';
import { type Bar, barsOf, isMet } from './bars.ts';
import { readAlone, shares, startEngine, type Tally } from './tally.ts';

const USAGE = `usage: npm run bench:engines -- DIR [--engines ppocr,tesseract] [--images N] [--short] [--json]

Reads the pictures of DIR with every engine that runs here: first image by image in turn, so that all of them meet the
same load, then each engine by itself on all cores. DIR/../box/NAME.csv, where there is one, holds what a person
transcribed: word recall is against it. CPU and memory are those of all processes of an engine; without /proc (macOS)
only this process's own, which leaves out engines' children.

  --engines  only these of apple-vision, ppocr, tesseract
  --images   only the first N pictures
  --short    only the bars that do not depend on what else the machine does decide
  --json     one JSON object

Ends with 1 where a bar of ppocr is missed or an image could not be read, and with 2 where nothing was measured.

  npm run bench:engines -- ../shared/sroie/img
  npm run bench:engines -- samples/images --images 4 --short`;

const PICTURE = /\.(jpe?g|png|webp|tiff?|heic|avif|gif|bmp|pdf)$/i;
const ENGINES: readonly EngineName[] = ['apple-vision', 'ppocr', 'tesseract'];
/** Enough for a mean of all cores. */
const ALL_CORES_IMAGES_MAX = 25;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engines: { type: 'string' },
    images: { type: 'string' },
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [given] = positionals;
if (values.help || given === undefined) {
  (values.help ? console.log : console.error)(USAGE);
  process.exit(values.help ? 0 : 2);
}
// npm runs this in the package's folder; people name folders from where they are.
const folder = path.resolve(process.env.INIT_CWD ?? '.', given);
const files = readdirSync(folder)
  .filter((name) => PICTURE.test(name))
  .sort()
  .slice(0, Number(values.images ?? Number.POSITIVE_INFINITY))
  .map((name) => path.join(folder, name));
const wanted = ENGINES.filter((name) => values.engines === undefined || values.engines.split(',').includes(name));

const tallies = await inTurn();
const rows = tallies.map((tally) => {
  const { engine, images, failed, cpu_s, wall_s } = tally;
  const done = Math.max(1, images + failed);
  const name = `${engine.name} ${engine.version}`;
  return { engine: name, images, failed, ...shares(tally), cpu_s: cpu_s / done, wall_s: wall_s / done };
});
const all_cores: AllCores[] = [];
for (const { engine } of tallies) {
  const measured = await readOnAllCores(
    ENGINES.find((name) => name === engine.name) ?? 'auto',
    files.slice(0, ALL_CORES_IMAGES_MAX),
  );
  if (measured !== null) all_cores.push(measured);
}
const bars = barsOf(rows, all_cores, availableParallelism());
const missed = bars.filter((bar) => !isMet(bar) && (bar.steady || !values.short));
if (values.json)
  console.log(
    JSON.stringify({
      images: files.length,
      cores: availableParallelism(),
      engines: rows,
      all_cores,
      bars,
      missed: missed.map(({ what }) => what),
    }),
  );
else print();
if (rows.length === 0 || files.length === 0) process.exitCode = 2;
else process.exitCode = missed.length > 0 || rows.some(({ failed }) => failed > 0) ? 1 : 0;

async function inTurn(): Promise<Tally[]> {
  const started: Tally[] = [];
  for (const name of wanted) {
    const tally = await startEngine(name, 1);
    if (tally === null) continue;
    await tally.engine.prewarm();
    started.push(tally);
  }
  for (const [index, file] of files.entries()) {
    // Who begins changes from image to image: the second finds the file's pages in memory.
    for (let turn = 0; turn < started.length; turn += 1) {
      const tally = started[(index + turn) % started.length];
      if (tally !== undefined) await readAlone(tally, file);
    }
  }
  await Promise.all(started.map(({ engine }) => engine.close()));
  return started;
}

function print(): void {
  const share = (value: number | null) => (value === null ? '-' : value.toFixed(3)).padEnd(6);
  console.log(`${files.length} images of ${folder}, one at a time, engines in turn`);
  console.log('engine                            images  failed  recall  F1     CPU s  wall s');
  for (const { engine, images, failed, word_recall, word_f1, cpu_s, wall_s } of rows) {
    console.log(
      `${engine.slice(0, 33).padEnd(34)}${String(images).padEnd(8)}${String(failed).padEnd(8)}${share(word_recall)}  ${share(word_f1)} ${cpu_s.toFixed(2).padEnd(6)} ${wall_s.toFixed(2)}`,
    );
  }
  console.log(`\non ${availableParallelism()} cores, one engine after the other`);
  console.log('engine                            images  a second  first s  busy cores  MB');
  for (const { engine, images, images_per_s, first_s, busy_cores, peak_mb } of all_cores) {
    console.log(
      `${engine.slice(0, 33).padEnd(34)}${String(images).padEnd(8)}${images_per_s.toFixed(2).padEnd(10)}${first_s.toFixed(1).padEnd(9)}${busy_cores.toFixed(2).padEnd(12)}${peak_mb ?? '-'}`,
    );
  }
  console.log();
  for (const bar of bars) console.log(lineOf(bar));
}

function lineOf(bar: Bar): string {
  const { what, value, kind, bar: limit, steady } = bar;
  const verdict = isMet(bar) ? 'ok    ' : values.short && !steady ? 'busy? ' : 'MISSED';
  return `${verdict}  ${what.padEnd(30)}${value.toFixed(2).padStart(9)}  (${kind} ${limit})`;
}
