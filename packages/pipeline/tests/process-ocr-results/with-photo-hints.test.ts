import { readFileSync } from 'node:fs';
import { receiptSchema } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { withPhotoHints } from '../../src/process-ocr-results/with-photo-hints.ts';

const golden = new URL('../../../shared/golden/receipt.json', import.meta.url);
const receipt = receiptSchema.parse(JSON.parse(readFileSync(golden, 'utf8')));
const BLURRED = { blur: 0.9, dark: 0, glare: 0, cut: 0 };

describe('a photograph that is not good', () => {
  it('is named among the reasons of a receipt that a person has to look at', () => {
    const reviewed = withPhotoHints({ ...receipt, needs_review: true }, BLURRED);
    expect(reviewed.reasons.at(-1)).toMatchObject({
      code: 'PHOTO_BLURRED',
      message: expect.stringContaining('hold still'),
    });
  });

  it('changes nothing about a receipt that was read well, nor does a good photograph', () => {
    const sure = { ...receipt, needs_review: false };
    expect(withPhotoHints(sure, BLURRED)).toBe(sure);
    const doubtful = { ...receipt, needs_review: true };
    expect(withPhotoHints(doubtful, { ...BLURRED, blur: 0.2 })).toBe(doubtful);
    expect(withPhotoHints(doubtful, undefined)).toBe(doubtful);
  });
});
