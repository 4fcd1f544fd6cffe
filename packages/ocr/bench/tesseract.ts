import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { inspectImage, sha256Hex } from '@slipstream/runtime';
import { TesseractEngine } from '../src/engines/tesseract/index.ts';
import { boxWords, type Recall, wordRecall } from './word-recall.ts';

// `node bench/tesseract.ts [--json] [--images N]`: reads real scans as fast as the machine can and says what it took.
// Exit code 1 when a bar is missed. The scans are not part of the project; without them there is nothing to measure.

const SCANS = new URL('../../../../shared/sroie/', import.meta.url);
/** CPU time over wall time for each worker: 1.7 on two cores. A machine that does something else as well misses it. */
const CPU_PER_WORKER_MIN = 0.85;
const PEAK_MB_MAX = 1_500;

const { values } = parseArgs({ options: { json: { type: 'boolean' }, images: { type: 'string' } } });

if (!existsSync(SCANS)) {
  console.error(`SKIPPED: no scans in ${SCANS.pathname}; the Tesseract benchmark measured nothing.`);
  process.exit(0);
}

const engine = new TesseractEngine();
const files = (await readdir(new URL('img/', SCANS)))
  .sort()
  .slice(0, values.images ? Number(values.images) : undefined);
await engine.prewarm();

const recalls: Recall[] = [];
const seconds: number[] = [];
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const waiting = files.values();
await Promise.all(Array.from({ length: engine.concurrency }, readAll));
const wall_s = (performance.now() - startedAt) / 1_000;
const cpu = process.cpuUsage(cpuBefore);
await engine.close();

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const sorted = seconds.toSorted((one, other) => one - other);
const result = {
  images: files.length,
  workers: engine.concurrency,
  wall_s,
  images_per_s: files.length / wall_s,
  median_s: sorted[sorted.length >> 1] ?? 0,
  cpu_per_wall: (cpu.user + cpu.system) / 1e6 / wall_s,
  cpu_per_wall_min: CPU_PER_WORKER_MIN * engine.concurrency,
  peak_mb: process.resourceUsage().maxRSS / 1_024,
  peak_mb_max: PEAK_MB_MAX,
  word_recall: sum(recalls.map(({ read }) => read)) / sum(recalls.map(({ words }) => words)),
};
const isMet = result.cpu_per_wall >= result.cpu_per_wall_min && result.peak_mb <= PEAK_MB_MAX;

if (values.json) console.log(JSON.stringify({ ...result, met: isMet }));
else print();
process.exitCode = isMet ? 0 : 1;

/** One of several readers that share the list of files. */
async function readAll(): Promise<void> {
  for (const file of waiting) {
    const bytes = await readFile(new URL(`img/${file}`, SCANS));
    const transcript = boxWords(await readFile(new URL(`box/${file.replace('.jpg', '.csv')}`, SCANS), 'utf8'));
    const image = { image_id: file, bytes, sha256: sha256Hex(bytes), ...inspectImage(bytes) };
    const from = performance.now();
    recalls.push(wordRecall(await engine.recognise(image, new AbortController().signal), transcript));
    seconds.push((performance.now() - from) / 1_000);
  }
}

function print(): void {
  const rows: [label: string, figure: string, bar?: string][] = [
    ['images', String(result.images)],
    ['workers', String(result.workers)],
    ['wall', `${result.wall_s.toFixed(1)} s`],
    ['images a second', result.images_per_s.toFixed(2)],
    ['median for an image', `${result.median_s.toFixed(2)} s`],
    ['CPU ÷ wall', result.cpu_per_wall.toFixed(2), `≥ ${result.cpu_per_wall_min.toFixed(2)}`],
    ['peak memory', `${result.peak_mb.toFixed(0)} MB`, `≤ ${PEAK_MB_MAX} MB`],
    ['words exactly right', `${(100 * result.word_recall).toFixed(1)} %`],
  ];
  for (const [label, figure, bar = ''] of rows) console.log(`${label.padEnd(22)}${figure.padStart(10)}  ${bar}`);
  console.log(isMet ? 'met' : 'MISSED');
}
