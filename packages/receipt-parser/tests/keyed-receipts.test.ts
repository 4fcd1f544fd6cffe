import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENTITIES, judge } from '../scripts/eval/entities.ts';
import { figuresOf } from '../scripts/eval/figures.ts';
import { keyedReceipts } from '../scripts/eval/receipts-folder.ts';
import { parseDocument } from '../src/index.ts';

/** On a busy machine; alone these take a second or two. */
const TIMEOUT_MS = 60_000;
/** Receipts that people have read are not part of the project; where they lie beside it, they are judged. */
const FOLDER = path.join(import.meta.dirname, '../../../../shared/sroie');
const there = existsSync(path.join(FOLDER, 'box'));
if (!there)
  console.warn(
    'SKIPPED: no keyed receipts beside the project (../shared/sroie); accuracy on real receipts was not checked.',
  );

describe.skipIf(!there)('receipts that people have read, given the text', () => {
  it('reach the bars of accuracy, coverage and calibration', { timeout: TIMEOUT_MS }, () => {
    const judgements = keyedReceipts(path.join(FOLDER, 'box'), path.join(FOLDER, 'key'), null).flatMap(
      ({ id, document, key }) =>
        judge(id, parseDocument(document, { image_id: '00000000-0000-5000-8000-000000000000' })[0], key),
    );
    expect(judgements.length).toBeGreaterThan(0);
    const of = Object.fromEntries(
      ENTITIES.map((entity) => [entity, figuresOf(judgements.filter((judgement) => judgement.entity === entity))]),
    );
    expect(figuresOf(judgements).f1).toBeGreaterThanOrEqual(0.91);
    expect(of.company?.f1).toBeGreaterThanOrEqual(0.88);
    expect(of.address?.f1).toBeGreaterThanOrEqual(0.82);
    expect(of.date?.f1).toBeGreaterThanOrEqual(0.97);
    expect(of.total?.f1).toBeGreaterThanOrEqual(0.95);
    expect(of.date?.coverage_at_99).toBeGreaterThanOrEqual(0.85);
    expect(of.total?.coverage_at_99).toBeGreaterThanOrEqual(0.75);
    for (const entity of ENTITIES) expect(of[entity]?.calibration_error, entity).toBeLessThanOrEqual(0.05);
  });
});
