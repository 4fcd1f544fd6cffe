import { describe, expect, it } from 'vitest';
import type { Judgement } from '../scripts/eval/entities.ts';
import { figuresOf } from '../scripts/eval/figures.ts';
import { fitLogistic } from '../scripts/eval/fit-logistic.ts';
import calibration from '../src/confidence/calibration.json' with { type: 'json' };
import { printDoubt } from '../src/confidence/print-doubt.ts';
import { probability } from '../src/confidence/probability.ts';
import { parseDocument } from '../src/index.ts';
import type { Word } from '../src/layout/word.ts';
import { page, rowsOfPage } from './support/page.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };

describe('probability', () => {
  it('is the logistic of the weighted features and never certain', () => {
    expect(probability({ a: 1 }, { bias: 0, weights: { a: 0 } })).toBe(0.5);
    expect(probability({ a: 2 }, { bias: -1, weights: { a: 1 } })).toBeCloseTo(0.731, 3);
    expect(probability({ a: 1 }, { bias: 50, weights: {} })).toBeLessThan(1);
  });

  it('has weights for every calibrated field', () => {
    expect(Object.keys(calibration).sort()).toEqual(['address', 'company', 'date', 'total']);
    for (const { weights } of Object.values(calibration)) expect(Object.keys(weights).length).toBeGreaterThan(0);
  });
});

describe('a day that was read unsurely', () => {
  const ROWS = ['HILLTOP HARDWARE', '23/03/2026 10:15', 'TEA | 2.50', 'BREAD | 3.10', 'TOTAL | 5.60', 'CASH | 5.60'];
  const dateOf = (rows: readonly string[], confidence: number) => {
    const read = page(rows);
    const lines = read.lines.map((line) => ({
      ...line,
      words: line.words.map((word) => (word.text === '23/03/2026' ? { ...word, confidence } : word)),
    }));
    return parseDocument({ ...read, lines }, IDS)[0]?.date?.confidence;
  };

  it('is no surer than its print, unless it is printed twice', () => {
    expect(dateOf(ROWS, 0.6)).toBeLessThanOrEqual(0.6);
    expect(dateOf(ROWS, 1)).toBeGreaterThan(0.6);
    expect(dateOf([...ROWS, '23/03/2026 10:15'], 0.6)).toBeGreaterThan(0.6);
  });
});

describe('fitLogistic', () => {
  it('gives back the shares right that it was shown', () => {
    const samples = Array.from({ length: 400 }, (_, i) => ({
      features: { strong: i % 2 },
      right: i % 2 === 1 ? i % 20 !== 1 : i % 4 === 0,
    }));
    const weights = fitLogistic(samples);
    expect(probability({ strong: 1 }, weights)).toBeCloseTo(0.9, 1);
    expect(probability({ strong: 0 }, weights)).toBeCloseTo(0.5, 1);
  });
});

describe('confidence of a receipt', () => {
  const rows = [
    'Harbour Foods Sdn Bhd',
    'Lot 20, Jalan Damai',
    '50480 Kuala Lumpur',
    'Date: 14/03/2018 10:06',
    'Ramen | 12.80',
    'Tea | 2.00',
  ];

  it('is higher for a total that the items lead to', () => {
    const [proven] = parseDocument(page([...rows, 'Total | 14.80', 'Cash | 20.00', 'Change | 5.20']), IDS);
    const [unproven] = parseDocument(page([...rows, 'Total | 18.80']), IDS);
    expect(proven?.total?.confidence).toBeGreaterThan(unproven?.total?.confidence ?? 1);
  });

  it("falls with the engine's own doubt in the words", () => {
    const sharp = page([...rows, 'Total | 14.80']);
    const faint = {
      ...sharp,
      lines: sharp.lines.map((line) => ({ ...line, words: line.words.map((word) => ({ ...word, confidence: 0.5 })) })),
    };
    const name = (document: typeof sharp): number => parseDocument(document, IDS)[0]?.merchant.name?.confidence ?? 1;
    expect(name(faint)).toBeLessThan(name(sharp));
  });
});

describe('printDoubt', () => {
  it('is nothing where the engine doubts nothing', () => {
    expect(printDoubt(wordsWith(1, 1), 1)).toEqual({ mean_doubt: 0, worst_doubt: 0, page_doubt: 0 });
  });

  it('tells one doubtful word from doubt all over', () => {
    const one = printDoubt(wordsWith(1, 1, 0.4), 0.95);
    const all = printDoubt(wordsWith(0.8, 0.8, 0.8), 0.8);
    expect(one.worst_doubt).toBeGreaterThan(all.worst_doubt ?? 0);
    expect(one.page_doubt).toBeLessThan(all.page_doubt ?? 0);
    expect(one.mean_doubt).toBeCloseTo(all.mean_doubt ?? 0);
  });

  function wordsWith(...confidences: number[]): Word[] {
    const [word] = rowsOfPage(['word'])[0]?.words ?? [];
    if (word === undefined) throw new Error('a page of one word has a word');
    return confidences.map((confidence) => ({ ...word, confidence }));
  }
});

describe('figures of an evaluation', () => {
  const judgement = (confidence: number, right: boolean): Judgement => ({
    id: '',
    entity: 'total',
    read: '1',
    expected: '1',
    confidence,
    right,
  });

  it('measure coverage from the surest reading down', () => {
    const judgements = [
      ...Array.from({ length: 99 }, () => judgement(0.9, true)),
      judgement(0.8, false),
      judgement(0.7, false),
    ];
    expect(figuresOf(judgements).coverage_at_99).toBeCloseTo(100 / 101);
  });

  it('measure how far confidence and truth lie apart', () => {
    expect(figuresOf([judgement(0.75, true), judgement(0.75, false)]).calibration_error).toBeCloseTo(0.25);
  });
});
