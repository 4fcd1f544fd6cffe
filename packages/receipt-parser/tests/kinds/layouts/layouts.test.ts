import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENGINES, read } from '../../support/read.ts';
import type { ExpectedReceipt } from '../countries/expected-receipt.ts';

/** Receipts as text (see `page`): a title behind `===`, the rows, and behind `---` what is to be read from them. */
function receiptsOf(file: string): ExpectedReceipt[] {
  const text = readFileSync(path.join(import.meta.dirname, file), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block): ExpectedReceipt => {
      const [name = '', ...lines] = block.trim().split('\n');
      const expected = lines.pop() ?? '';
      const { amounts, ...values } = JSON.parse(expected.replace(/^--- /, ''));
      return { name, rows: lines, values, amounts };
    });
}

const FILES = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'));

describe.each(FILES)('%s', (file) => {
  const receipts = receiptsOf(file);

  it('has receipts', () => {
    expect(receipts.length).toBeGreaterThan(30);
  });

  describe.each(ENGINES)('%s', (_, parted) => {
    it.each(receipts)('$name', ({ rows, values, amounts }) => {
      const receipt = read(rows, parted);
      expect(receipt).toMatchObject(values);
      if (amounts !== undefined) expect(receipt.items.map(([, amount]) => amount)).toEqual(amounts);
    });
  });
});
