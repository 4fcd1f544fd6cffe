import type { OcrDocument, OcrLine, Point, Quad } from '@slipstream/shared';
import { drawReceipt } from '../synthetic/draw-receipt.ts';
import { Random } from '../synthetic/random.ts';

/** Text that parsers trip over: marks alone, endless digits, half dates, scripts, controls, pairs cut in two. */
const PIECES = [
  'TOTAL',
  'SUBTOTAL',
  'GST',
  'CASH',
  'CHANGE',
  '12.50',
  '-0.00',
  '(3.20)',
  '1,234.56',
  '1.234,56',
  '99/99/9999',
  '31.02.2021',
  '2021-13-45',
  '24:61',
  '.',
  ',',
  '-',
  '@',
  '2 x',
  'x',
  '%',
  '6%',
  'RM',
  '€',
  '0000000000000000000000000000',
  '999999999999999999.99',
  '1e309',
  'NaN',
  '__proto__',
  'constructor',
  '١٢٫٥٠',
  '合計',
  '¥1,200',
  '領収書',
  '(((((',
  ')',
  '\u0000',
  '\u200b',
  '\ud800',
  'é\u0301',
  '🧾',
  '\t',
  ' ',
  '',
  'NO.1, JALAN',
  'SDN BHD',
  '+60 3-1234 5678',
  'WWW.',
  '****1234',
  'VISA',
  'T0TAL',
  '1O.5O',
  'S.90',
  'A'.repeat(300),
  '9'.repeat(40),
  '1 234 567,89',
  "1'000.00",
  'AM',
  '12 31 00',
];

/** A document that passes the schema and is no receipt, or a receipt with parts torn, doubled and thrown about. */
export function hostileDocument(seed: number): OcrDocument {
  const random = new Random(seed);
  const base = random.chance(0.5) ? drawReceipt(seed % 97, seed % 313).document : null;
  const lines =
    base === null
      ? Array.from({ length: random.int(0, 40) }, () => hostileLine(random))
      : tornLines(base.lines, random);
  const regions = random.chance(0.15)
    ? Array.from({ length: random.int(1, 4) }, () => ({
        quad: hostileQuad(random),
        lines: [random.int(0, 50), random.int(0, 60)] as [number, number],
      }))
    : [];
  return {
    schema_version: 1,
    image: {
      width: random.pick([1, 17, 1000, 1_000_000]),
      height: random.pick([1, 23, 2000, 1_000_000]),
      orientation: 1,
      sha256: '0'.repeat(64),
    },
    engine: { name: 'fuzz', version: '', level: '', languages: [] },
    lines,
    regions,
  };
}

function tornLines(lines: readonly OcrLine[], random: Random): OcrLine[] {
  return lines.flatMap((line) => {
    if (random.chance(0.1)) return [];
    const torn = random.chance(0.15)
      ? hostileLine(random)
      : random.chance(0.15)
        ? { ...line, quad: hostileQuad(random), words: [] }
        : line;
    return random.chance(0.05) ? [torn, torn] : [torn];
  });
}

function hostileLine(random: Random): OcrLine {
  const texts = Array.from({ length: random.int(0, 6) }, () => random.pick(PIECES));
  const words = texts.map((text) => ({
    text,
    confidence: random.chance(0.5) ? null : random.next(),
    quad: hostileQuad(random),
  }));
  return {
    text: texts.join(' '),
    confidence: random.next(),
    quad: hostileQuad(random),
    words: random.chance(0.3) ? [] : words,
  };
}

function hostileQuad(random: Random): Quad {
  if (random.chance(0.1))
    return [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ];
  const point = (): Point => [random.next() * 3 - 1, random.next() * 3 - 1];
  if (random.chance(0.3)) return [point(), point(), point(), point()];
  const [x, y] = [random.next(), random.next()];
  const [width, height] = [random.next() * 0.4, random.next() * 0.03];
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}
