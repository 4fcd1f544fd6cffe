import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkImage, sha256Hex } from '@slipstream/runtime';
import type { EngineImage, OcrEngine } from '../src/engines/engine.ts';
import { type EngineName, selectEngine } from '../src/index.ts';
import { processTree } from './process-tree.ts';
import { boxWords, type Recall, wordRecall } from './word-recall.ts';

const TIMEOUT_MS = 120_000;

/** What one engine did with the images so far. */
export interface Tally {
  readonly engine: OcrEngine;
  readonly recalls: Recall[];
  /** From the order to start to the first image's document: models loaded, processes up. */
  first_s: number | null;
  images: number;
  failed: number;
  words: number;
  cpu_s: number;
  wall_s: number;
}

/** Null, with the reason on standard error, where the engine does not run here. `concurrency` 0 is the engine's own. */
export async function startEngine(name: EngineName, concurrency: number): Promise<Tally | null> {
  try {
    const engine = await selectEngine(name, { languages: [], concurrency, timeoutMs: TIMEOUT_MS });
    return { engine, recalls: [], first_s: null, images: 0, failed: 0, words: 0, cpu_s: 0, wall_s: 0 };
  } catch (thrown) {
    console.error(`${name}: ${thrown instanceof Error ? thrown.message : thrown}`);
    return null;
  }
}

export function imageOf(file: string): EngineImage {
  const bytes = readFileSync(file);
  return { image_id: path.basename(file), bytes, sha256: sha256Hex(bytes), ...checkImage(bytes) };
}

/** Reads one image; nothing else may run meanwhile, for its CPU time to be its own. */
export async function readAlone(tally: Tally, file: string): Promise<void> {
  const cpu = processTree.cpuSeconds();
  const from = performance.now();
  await read(tally, file);
  tally.wall_s += (performance.now() - from) / 1_000;
  tally.cpu_s += processTree.cpuSeconds() - cpu;
}

/** DIR/../box/NAME.csv, where there is one, holds what a person transcribed. */
export async function read(tally: Tally, file: string): Promise<void> {
  try {
    const document = await tally.engine.recognise(imageOf(file), new AbortController().signal);
    tally.images += 1;
    tally.words += document.lines.reduce((sum, { words }) => sum + words.length, 0);
    const box = path.join(path.dirname(file), '../box', `${path.parse(file).name}.csv`);
    if (existsSync(box)) tally.recalls.push(wordRecall(document, boxWords(readFileSync(box, 'utf8'))));
  } catch (thrown) {
    tally.failed += 1;
    console.error(`${tally.engine.name}, ${file}: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}

/** Recall and precision over all words; F1 of both. Null without transcripts. */
export function shares({ recalls, images, words }: Tally): { word_recall: number | null; word_f1: number | null } {
  const sum = (pick: (recall: Recall) => number) => recalls.reduce((total, recall) => total + pick(recall), 0);
  const right = sum(({ read: count }) => count);
  const transcribed = sum(({ words: count }) => count);
  if (transcribed === 0) return { word_recall: null, word_f1: null };
  const word_f1 = recalls.length < images ? null : (2 * right) / (transcribed + words);
  return { word_recall: right / transcribed, word_f1 };
}
