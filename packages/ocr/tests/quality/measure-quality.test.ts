import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { qualityHints } from '@slipstream/shared';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { MEASURED_SIDE_PX } from '../../src/quality/grey-pixels.ts';
import { measureQuality } from '../../src/quality/measure-quality.ts';

const SCANS = new URL('../../../../../shared/sroie/img/', import.meta.url);
const TOLD_MIN_SHARE = 0.95;
const RECEIPTS = 20;

/** A receipt on a table: grey paper, rows of letters, none of them near the edge. */
function drawn(seed: number, left = 60): Sharp {
  const rows = Array.from({ length: 26 }, (_, row) => {
    const letters = 'ABCDEFGHKLMNPRSTUVWXYZ0123456789';
    const text = Array.from(
      { length: 30 },
      (__, i) => letters[(seed * 7 + row * 13 + i * (5 + (seed % 3))) % letters.length],
    ).join('');
    return `<text x="${left}" y="${70 + row * 34}" font-family="monospace" font-size="24" fill="#2a2622">${text}</text>`;
  });
  const paper = `rgb(${196 + (seed % 4) * 8},${194 + (seed % 4) * 8},${186 + (seed % 4) * 8})`;
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="1000"><rect width="100%" height="100%" fill="${paper}"/>${rows.join('')}</svg>`,
    ),
  ).flatten();
}

async function hintsOf(picture: Sharp | Buffer): Promise<string[]> {
  const encoded = Buffer.isBuffer(picture) ? picture : await picture.png().toBuffer();
  const { width, height } = await sharp(encoded).metadata();
  const small = sharp(encoded).greyscale().toColourspace('b-w');
  const fitted = small.resize({
    width: MEASURED_SIDE_PX,
    height: MEASURED_SIDE_PX,
    fit: 'inside',
    withoutEnlargement: true,
  });
  const { data, info } = await fitted.raw().toBuffer({ resolveWithObject: true });
  const quality = measureQuality({ pixels: data, width: info.width, height: info.height }, { width, height });
  return qualityHints(quality).map(({ code }) => code);
}

const spot = (radius: number) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="1000"><circle cx="300" cy="420" r="${radius}" fill="white"/></svg>`,
  );

/** Each fault at three strengths; the strongest has to be told. */
const FAULTS: readonly [
  code: string,
  strengths: readonly number[],
  spoil: (seed: number, strength: number) => Promise<Sharp>,
][] = [
  ['PHOTO_BLURRED', [1, 2.5, 5], async (seed, sigma) => drawn(seed).blur(sigma)],
  ['PHOTO_DARK', [0.6, 0.4, 0.25], async (seed, light) => drawn(seed).linear(light, 0)],
  [
    'PHOTO_GLARE',
    [60, 110, 180],
    async (seed, radius) => sharp(await drawn(seed).png().toBuffer()).composite([{ input: spot(radius) }]),
  ],
  ['PHOTO_CUT_OFF', [40, 10, -40], async (seed, left) => drawn(seed, left)],
  [
    'PHOTO_TOO_SMALL',
    [400, 300, 180],
    async (seed, width) => sharp(await drawn(seed).png().toBuffer()).resize({ width }),
  ],
];

describe('a photograph', () => {
  it.each(FAULTS)('with the fault %s is told at the strongest of three strengths', async (code, strengths, spoil) => {
    const strongest = strengths.at(-1) ?? 0;
    let told = 0;
    for (let seed = 0; seed < RECEIPTS; seed += 1) {
      if ((await hintsOf(await spoil(seed, strongest))).includes(code)) told += 1;
    }
    expect(told / RECEIPTS).toBeGreaterThanOrEqual(TOLD_MIN_SHARE);
  });

  it('that is good is told nothing', async () => {
    for (let seed = 0; seed < RECEIPTS; seed += 1) expect(await hintsOf(drawn(seed))).toEqual([]);
  });

  it('hints say what to do', () => {
    const all = qualityHints({ blur: 1, dark: 1, glare: 1, cut: 1, small: 1 });
    expect(all).toHaveLength(5);
    for (const { message } of all) expect(message).toMatch(/: /);
    expect(qualityHints(undefined)).toEqual([]);
  });

  it.skipIf(!existsSync(SCANS))('of 66 real scans at most 2 % are told something', { timeout: 120_000 }, async () => {
    const told: string[] = [];
    const files = readdirSync(SCANS);
    for (const file of files) {
      const hints = await hintsOf(readFileSync(new URL(file, SCANS)));
      if (hints.length > 0) told.push(`${file}: ${hints}`);
    }
    expect(told.length / files.length, told.join('; ')).toBeLessThanOrEqual(0.02);
  });
});
