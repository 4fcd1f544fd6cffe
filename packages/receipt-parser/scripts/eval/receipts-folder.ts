import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { OcrDocument } from '@slipstream/shared';
import { sroieBoxesToOcrDocument } from '../../src/index.ts';
import type { Key } from './entities.ts';

/** A receipt to be judged: its text as an OCR document, its key, and its scan where there is one. */
export interface KeyedReceipt {
  readonly id: string;
  readonly document: OcrDocument;
  readonly key: Key;
  readonly image: string | null;
}

/** Box files and keys of the same name, in order; `images_dir` only adds the pictures to the page of the worst cases. */
export function keyedReceipts(boxes_dir: string, keys_dir: string, images_dir: string | null): KeyedReceipt[] {
  return readdirSync(boxes_dir)
    .filter((name) => /\.(?:csv|txt)$/.test(name))
    .sort()
    .flatMap((name) => {
      const id = path.parse(name).name;
      const key = readKey(keys_dir, id);
      if (key === null) return [];
      const document = sroieBoxesToOcrDocument(readFileSync(path.join(boxes_dir, name), 'utf8'));
      return [{ id, document, key, image: images_dir === null ? null : imageOf(images_dir, id) }];
    });
}

export function readKey(keys_dir: string, id: string): Key | null {
  const file = path.join(keys_dir, `${id}.json`);
  if (!existsSync(file)) return null;
  const key: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof key !== 'object' || key === null)
    throw new TypeError(`${file} is not a JSON object with company, date, address and total.`);
  return Object.fromEntries(Object.entries(key).filter(([, value]) => typeof value === 'string'));
}

export function imageOf(images_dir: string, id: string): string | null {
  const found = ['.jpg', '.jpeg', '.png']
    .map((extension) => path.join(images_dir, `${id}${extension}`))
    .find((file) => existsSync(file));
  return found ?? null;
}
