import { ocrFold } from '@slipstream/shared';
import type { Embedder } from './embedder.ts';

const LOCAL_DIMENSIONS = 256;

/** Pairs survive a wrong letter oftener, threes tell more: each is worth so much. */
const PAIR_WEIGHT = 0.5;
const TRIPLE_WEIGHT = 1;
/** Figures of up to so many digits are prices, quantities and days, which say nothing about the shop; longer ones are its numbers. */
const FIGURE_LENGTH_MAX = 6;
const FIGURE_WEIGHT = 0.25;

/**
 * Pairs and threes of letters, hashed to 256 signed dimensions. No network, no weights, no state: the same text gives
 * the same vector on every machine. A text's lines count alike, whatever their length, so that a row's neighbours
 * place it without drowning it. Vectors are kept for years: a change of anything here makes another provider.
 */
export function createLocalEmbedder(): Embedder {
  return {
    identity: { provider: 'local', dimensions: LOCAL_DIMENSIONS },
    embed: async (texts, options) => {
      options?.signal?.throwIfAborted();
      // Each row of a receipt occurs in three texts: its own and its neighbours'.
      const lines = new Map<string, Float32Array>();
      return texts.map((text) => vectorOf(text, lines));
    },
  };
}

function vectorOf(text: string, lines: Map<string, Float32Array>): Float32Array {
  const sum = new Float32Array(LOCAL_DIMENSIONS);
  for (const line of text.split('\n')) {
    const known = lines.get(line) ?? lineVector(line);
    lines.set(line, known);
    for (let i = 0; i < LOCAL_DIMENSIONS; i += 1) sum[i] = (sum[i] ?? 0) + (known[i] ?? 0);
  }
  normalise(sum);
  // A text without a letter or digit is like no other, and still of length 1.
  if (sum.every((value) => value === 0)) sum[0] = 1;
  return sum;
}

function lineVector(line: string): Float32Array {
  const vector = new Float32Array(LOCAL_DIMENSIONS);
  for (const word of line.split(/\s+/)) {
    const letters = ocrFold(word);
    if (letters === '') continue;
    const weight = isFigure(word) ? FIGURE_WEIGHT : 1;
    const padded = ` ${letters} `;
    let [first, second] = [0, 0];
    for (let i = 0; i < padded.length; i += 1) {
      const sign = padded.charCodeAt(i);
      if (i > 0) add(vector, mix(second, sign), PAIR_WEIGHT * weight);
      if (i > 1) add(vector, mix(mix(first, second), sign), TRIPLE_WEIGHT * weight);
      [first, second] = [second, sign];
    }
  }
  normalise(vector);
  return vector;
}

function isFigure(word: string): boolean {
  const digits = word.replace(/\D/g, '').length;
  return digits > 0 && digits <= FIGURE_LENGTH_MAX && digits * 2 >= word.length;
}

/** The sign keeps what falls together from always adding up (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009). */
function add(vector: Float32Array, hash: number, weight: number): void {
  const place = hash & (LOCAL_DIMENSIONS - 1);
  vector[place] = (vector[place] ?? 0) + (hash & 0x8000 ? weight : -weight);
}

/** MurmurHash3's finaliser over two numbers: every bit of either changes half of the result's. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a + 1, 0x9e3779b1) ^ b;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function normalise(vector: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return;
  const length = Math.sqrt(squares);
  for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] ?? 0) / length;
}
