import { describe, expect, it } from 'vitest';
import { damagesOf } from '../../scripts/eval/damage/damage.ts';
import { drawReceipt } from '../../scripts/synthetic/draw-receipt.ts';
import { Random } from '../../scripts/synthetic/random.ts';
import { parseDocument } from '../../src/index.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const { document } = drawReceipt(1, 9);
const [receipt] = parseDocument(document, IDS);
if (receipt?.total === undefined || receipt.total === null) throw new Error('the drawn receipt has no total');
const damages = damagesOf(document, receipt, new Random(1));
const of_total = (kind: string) =>
  damages.find((damage) => damage.figure === 'total' && damage.kind === kind)?.document;
const total_text = receipt.total.text;
const texts = (of: typeof document | undefined) => of?.lines.map(({ text }) => text) ?? [];

describe('damage to a printed figure', () => {
  it('changes one digit, and nothing else', () => {
    const changed = texts(of_total('digit changed'));
    const differing = changed.flatMap((text, i) => (text === texts(document)[i] ? [] : [[text, texts(document)[i]]]));
    expect(differing).toHaveLength(1);
    const [[after = '', before = ''] = []] = differing;
    expect([...after].filter((character, i) => character !== before[i])).toHaveLength(1);
  });

  it('takes the row away with label and figure', () => {
    const left = texts(of_total('row unread'));
    expect(left.length).toBeLessThan(document.lines.length);
    expect(left.filter((text) => text.includes(total_text)).length).toBeLessThan(
      texts(document).filter((text) => text.includes(total_text)).length,
    );
  });

  it('swaps two rows without changing a text', () => {
    const swapped = of_total('rows swapped');
    expect(texts(swapped)).toEqual(texts(document));
    expect(swapped).not.toEqual(document);
  });

  it('misreads letters of the label only', () => {
    const digits = (lines: string[]) => lines.join(' ').replace(/\D/g, '');
    expect(digits(texts(of_total('label misread')))).toBe(digits(texts(document)));
    expect(texts(of_total('label misread'))).not.toEqual(texts(document));
  });

  it('is the same for the same seed', () => {
    expect(damagesOf(document, receipt, new Random(1))).toEqual(damages);
  });
});
