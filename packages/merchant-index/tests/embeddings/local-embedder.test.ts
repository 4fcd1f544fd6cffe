import { describe, expect, it } from 'vitest';
import { createLocalEmbedder } from '../../src/index.ts';

const embedder = createLocalEmbedder();

async function similarity(a: string, b: string): Promise<number> {
  const [first, second] = await embedder.embed([a, b]);
  return [...(first ?? [])].reduce((sum, value, i) => sum + value * (second?.[i] ?? 0), 0);
}

describe('the local embedder', () => {
  it('gives the same vector of length 1 for the same text, whatever else is embedded with it', async () => {
    const [alone] = await embedder.embed(['ACME BAKERY\n12 High Street']);
    const [, beside] = await embedder.embed(['12 High Street', 'ACME BAKERY\n12 High Street']);
    expect(beside).toEqual(alone);
    expect(alone).toHaveLength(embedder.identity.dimensions);
    expect(Math.hypot(...(alone ?? []))).toBeCloseTo(1, 5);
  });

  it('has not changed since indexes were made with it', async () => {
    const [vector] = await embedder.embed(['ACME BAKERY LTD\n12 High Street\nTel 01632 960123']);
    const signs = [...(vector ?? [])].map((value) => Math.round(value * 1_000));
    expect(signs.slice(0, 24)).toMatchInlineSnapshot(`
      [
        0,
        137,
        127,
        0,
        0,
        0,
        0,
        -68,
        0,
        156,
        0,
        -137,
        0,
        0,
        0,
        78,
        0,
        0,
        254,
        -64,
        0,
        0,
        0,
        68,
      ]
    `);
  });

  it('takes case, accents and what engines confuse for the same', async () => {
    expect(await similarity('Crème Brûlée Café', 'CREME BRULEE CAFE')).toBeCloseTo(1, 5);
    expect(await similarity('GLOBE BOUTIQUE', 'GL0BE B0UT1QUE')).toBeCloseTo(1, 5);
  });

  it('keeps a damaged row nearer to itself than to another shop', async () => {
    const row = 'PERNIAGAAN ZHENG HUI';
    const damaged = await similarity(row, 'PERNI4GAAN ZHXNG HU');
    expect(damaged).toBeGreaterThan(0.3 + (await similarity(row, 'KEDAI BUKU SINAR')));
  });

  it('gives prices little weight and long numbers all of it', async () => {
    expect(await similarity('COFFEE 3.50', 'COFFEE 4.25')).toBeGreaterThan(0.8);
    expect(await similarity('TEL 0163296012', 'TEL 0207946987')).toBeLessThan(0.5);
  });

  it('has a vector of length 1 for rows without a letter, which are like each other and like nothing else', async () => {
    expect(await similarity('-----', '')).toBeCloseTo(1, 5);
    expect(Math.abs(await similarity('-----', 'ACME BAKERY'))).toBeLessThan(0.3);
  });

  it('reads any script', async () => {
    expect(await similarity('セブンイレブン', 'セブンイレブン 渋谷')).toBeGreaterThan(0.6);
    expect(await similarity('セブンイレブン', 'ファミリーマート')).toBeLessThan(0.4);
  });

  it('ends with its signal', async () => {
    await expect(embedder.embed(['a'], { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
