import { readFile } from 'node:fs/promises';
import manifest from '../models/manifest.json' with { type: 'json' };
import { type Alphabet, fullAlphabet, latinAlphabet } from './characters.ts';
import { expand } from './half-precision.ts';
import { sliceClasses } from './slice-classes.ts';

/** What recognition can read: Latin script alone, which is faster, or all 18,708 letters, Chinese and Japanese among them. */
export type Script = 'latin' | 'all';

export interface RecognitionModel {
  /** ONNX; images of height 48, classes by `letters`. */
  readonly model: Uint8Array;
  readonly letters: readonly string[];
}

/** Bundles keep the files in a folder beside themselves, the sources beside theirs. */
const FOLDER = import.meta.url.endsWith('.ts') ? '../models/' : './models/';

/** As it is written into documents. */
export const MODELS_VERSION: string = manifest.version;

/** ONNX; an image whose sides are multiples of 32 becomes the probability of text at each pixel. */
export async function loadDetection(): Promise<Uint8Array> {
  return expand(await read('detection.onnx'));
}

export async function loadRecognition(script: Script): Promise<RecognitionModel> {
  const [stored, dictionary] = await Promise.all([read('recognition.onnx'), loadDictionary()]);
  const { kept, letters }: Alphabet = script === 'latin' ? latinAlphabet(dictionary) : fullAlphabet(dictionary);
  return { model: expand(kept === null ? stored : sliceClasses(stored, kept)), letters };
}

/** ONNX; an image of a line, 48 × 192, becomes the probabilities of upright and upside down. */
export async function loadLineAngle(): Promise<Uint8Array> {
  return read('line-angle.onnx');
}

export async function loadDictionary(): Promise<string[]> {
  const text = new TextDecoder().decode(await read('characters.txt'));
  return text.split('\n').slice(0, -1);
}

function read(name: string): Promise<Uint8Array> {
  return readFile(new URL(FOLDER + name, import.meta.url));
}
