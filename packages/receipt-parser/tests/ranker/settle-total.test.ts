import { describe, expect, it } from 'vitest';
import { drawVaried } from '../../scripts/synthetic/varied/draw-varied.ts';
import { numberStyleOf } from '../../src/amounts/number-style.ts';
import { solve } from '../../src/checks/solve.ts';
import { parseDocument } from '../../src/index.ts';
import { groupsOf } from '../../src/parse-document.ts';
import { rankTotals, settleTotal } from '../../src/ranker/settle-total.ts';
import { rankedValues, TOTAL_FEATURES } from '../../src/ranker/total-features.ts';
import { readReceipt } from '../../src/read-receipt.ts';
import { figuresOfPage, rowsOfPage } from '../support/page.ts';

const HEAD = ['Willow Pond Kitchen', '12 Station Road', 'Tel: 503-555-0181', 'Date: 03/14/2018 10:06'];
const ITEMS = ['Soup | 8.00', 'Pie | 12.00'];
/** The rules take the subtotal where the total's label is not read; with the tax above it, that is wrong. */
const UNLABELLED = [...HEAD, ...ITEMS, 'Subtotal | 20.00', 'Sales Tax | 1.65', ' | 21.65', 'Visa | 21.65'];
const PLAIN = [...HEAD, ...ITEMS, 'Subtotal | 20.00', 'Sales Tax | 1.65', 'Total | 21.65', 'Visa | 21.65'];

function settled(rows: readonly string[]) {
  return settleTotal(figuresOfPage(rows), numberStyleOf(rowsOfPage(rows)));
}

describe('ranker of totals', () => {
  it('agrees with the rules on a plain receipt', () => {
    const { agreed, share, solution } = settled(PLAIN);
    expect(solution.total?.amount.value).toBe(216_500);
    expect(agreed).toBe(true);
    expect(share).toBeGreaterThan(0.9);
  });

  it('finds the printed total where its label was not read', () => {
    expect(settled(UNLABELLED).solution.total?.amount.value).toBe(216_500);
  });

  it('gives a share to every printed value, together one', () => {
    const figures = figuresOfPage(PLAIN);
    const ranked = rankTotals(figures, solve(figures, numberStyleOf(rowsOfPage(PLAIN))));
    expect(ranked.map(({ candidate }) => candidate.value / 10_000).sort((a, b) => a - b)).toEqual([
      1.65, 8, 12, 20, 21.65,
    ]);
    expect(ranked.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('is not told what the rules chose', () => {
    const figures = figuresOfPage(PLAIN);
    const style = numberStyleOf(rowsOfPage(PLAIN));
    const solution = solve(figures, style);
    const other = { ...solution, total: null, score: 0, rival_score: 0, reconciliation: null, by_label: false };
    expect(rankedValues(figures, other)).toEqual(rankedValues(figures, solution));
    expect(rankedValues(figures, solution).inputs).toHaveLength(5 * TOTAL_FEATURES.length);
  });

  it('sends every receipt to a person on which it disagrees with the rules', { timeout: 60_000 }, () => {
    const disputed = Array.from({ length: 300 }, (_, i) => drawVaried(8, i).document).filter((document) => {
      const [pieces] = groupsOf(document);
      return pieces !== undefined && readReceipt(pieces)?.agreement.agreed === false;
    });
    expect(disputed.length).toBeGreaterThan(0);
    for (const document of disputed) {
      const [receipt] = parseDocument(document, { image_id: '00000000-0000-5000-8000-000000000000' });
      expect(receipt?.reasons.map(({ code }) => code)).toContain('TOTAL_UNSURE');
    }
  });
});
