import { ocrDocumentSchema } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { sroieBoxesToOcrDocument } from '../src/index.ts';

describe('sroieBoxesToOcrDocument', () => {
  it('keeps commas of the text and gives a document that the schema accepts', () => {
    const document = sroieBoxesToOcrDocument('10,20,110,20,110,40,10,40,NO.53, 55 & 57, JALAN SAGU\r\n');
    expect(ocrDocumentSchema.parse(document).lines[0]?.text).toBe('NO.53, 55 & 57, JALAN SAGU');
  });

  it('derives the image from the boxes where no size is given', () => {
    const { image, lines } = sroieBoxesToOcrDocument('0,0,50,0,50,10,0,10,A\n0,90,200,90,200,100,0,100,B');
    expect([image.width, image.height]).toEqual([200, 100]);
    expect(lines[1]?.quad).toEqual([
      [0, 0.9],
      [1, 0.9],
      [1, 1],
      [0, 1],
    ]);
  });

  it('says which row does not have the format', () => {
    expect(() => sroieBoxesToOcrDocument('0,0,50,0,50,10,0,10,A\nnonsense')).toThrow(/Row 2/);
  });
});
