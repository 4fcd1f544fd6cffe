import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pageViews } from '../../src/views/page-views.ts';
import { ublInvoice } from '../../testing/draw-invoice.ts';
import { drawPdf } from '../../testing/draw-pdf.ts';
import { engineImage, sampleBytes } from '../engines/sample-images.ts';

describe('views of an image', () => {
  const sizesOf = async (jpeg: Uint8Array | undefined) => {
    const { format, width, height, orientation } = await sharp(jpeg).metadata();
    return { format, width, height, orientation };
  };

  it('are upright JPEGs, whatever the EXIF orientation says', async () => {
    const lying = await sharp(await sampleBytes('us-diner'))
      .rotate(90)
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toBuffer();
    const image = engineImage(lying);
    const [view, ...others] = await pageViews(image);
    expect(others).toEqual([]);
    const { format, width = 0, height = 0, orientation } = await sizesOf(view?.full);
    expect({ format, orientation }).toEqual({ format: 'jpeg', orientation: undefined });
    expect(width / height).toBeCloseTo(image.width / image.height, 2);
    const thumb = await sizesOf(view?.thumb);
    expect(Math.max(thumb.width ?? 0, thumb.height ?? 0)).toBe(320);
  });

  it('are bounded: a large photograph by its pixels, a very long one by its side', async () => {
    const blank = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#eee' } })
        .png()
        .toBuffer();
    const [large] = await pageViews(engineImage(await blank(4000, 3000)));
    const { width = 0, height = 0 } = await sizesOf(large?.full);
    expect(width * height).toBeLessThanOrEqual(4_010_000);
    const [long] = await pageViews(engineImage(await blank(60, 12_000)));
    expect(await sizesOf(long?.full)).toMatchObject({ width: 40, height: 8_000 });
    const [small] = await pageViews(engineImage(await blank(50, 40)));
    expect(await sizesOf(small?.thumb)).toMatchObject({ width: 50, height: 40 });
  });

  it('of a PDF are its pages, also of those whose text needs no reading; an e-invoice has none', async () => {
    const page = { width: 200, height: 300, texts: [{ text: 'Kaffeehaus Morgenrot', x: 20, y: 40 }] };
    const views = await pageViews(engineImage(drawPdf({ pages: [page, { ...page, rotate: 90 }] })));
    expect(views).toHaveLength(2);
    expect(await sizesOf(views[0]?.full)).toMatchObject({ format: 'jpeg', width: 556, height: 833 });
    expect(await sizesOf(views[1]?.full)).toMatchObject({ width: 833, height: 556 });
    const { channels } = await sharp(views[0]?.full).stats();
    expect(channels[0]?.min).toBeLessThan(100);
    expect(await pageViews(engineImage(new TextEncoder().encode(ublInvoice())))).toEqual([]);
  });
});
