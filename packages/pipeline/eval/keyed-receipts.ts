import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sroieBoxesToOcrDocument } from '@slipstream/receipt-parser';
import type { OcrDocument } from '@slipstream/shared';

/** A transcribed receipt, and the company that a person read on it. */
export interface KeyedReceipt {
  readonly id: string;
  readonly document: OcrDocument;
  /** As printed. */
  readonly company: string;
  /** Letters and digits: what makes two companies one. */
  readonly truth: string;
}

/** Box files and keys of the same name, in order; those without a company are left out. */
export function keyedReceipts(boxes_dir: string, keys_dir: string): KeyedReceipt[] {
  return readdirSync(boxes_dir)
    .filter((name) => /\.(?:csv|txt)$/.test(name))
    .sort()
    .flatMap((name) => {
      const id = path.parse(name).name;
      const company = companyOf(path.join(keys_dir, `${id}.json`));
      if (company === '') return [];
      const document = sroieBoxesToOcrDocument(readFileSync(path.join(boxes_dir, name), 'utf8'));
      return [{ id, document, company, truth: lettersOf(company) }];
    });
}

function companyOf(file: string): string {
  if (!existsSync(file)) return '';
  const key: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const { company }: { company?: unknown } = Object(key);
  return typeof company === 'string' ? company : '';
}

function lettersOf(company: string): string {
  return company
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
