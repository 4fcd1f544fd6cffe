import { seededRandom } from '@slipstream/testing';
import sharp from 'sharp';
import { ciiInvoice, ublInvoice } from '../testing/draw-invoice.ts';
import { drawPdf } from '../testing/draw-pdf.ts';

/** A file that somebody could send; `name` says how it was made, so that it can be made again. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Random = () => number;

const DAMAGES: readonly [name: string, damage: (bytes: Buffer, random: Random) => Uint8Array][] = [
  ['cut off', (bytes, random) => bytes.subarray(0, Math.floor(bytes.length * random()))],
  [
    'flipped bytes',
    (bytes, random) => changed(bytes, random, 1 + Math.floor(random() * 20), () => Math.floor(random() * 256)),
  ],
  ['ones', (bytes, random) => changed(bytes, random, 8, () => 255)],
  ['zeros', (bytes, random) => changed(bytes, random, 40, () => 0)],
  [
    'head of itself twice',
    (bytes, random) => Buffer.concat([bytes.subarray(0, 20 + Math.floor(random() * 60)), bytes]),
  ],
  ['a hole', (bytes, random) => hole(bytes, random)],
  ['huge numbers in its head', (bytes, random) => changed(bytes.subarray(0), random, 6, () => 0x7f, 64)],
];

/** `count` files of every type that is taken, damaged in every way; the same for the same seed. */
export async function* hostileFiles(count: number, seed: number): AsyncGenerator<HostileFile> {
  const random = seededRandom(seed);
  const whole = await wholeFiles();
  for (let index = 0; index < count; index += 1) {
    const [type, bytes] = whole[index % whole.length] ?? ['none', Buffer.alloc(0)];
    const [how, damage] = DAMAGES[Math.floor(index / whole.length) % DAMAGES.length] ?? DAMAGES[0] ?? ['', () => bytes];
    yield { name: `${index}: ${type}, ${how}`, bytes: damage(Buffer.from(bytes), random) };
  }
}

async function wholeFiles(): Promise<[string, Buffer][]> {
  const picture = () => sharp({ create: { width: 96, height: 64, channels: 3, background: '#dcb' } });
  const jpeg = await picture().jpeg().toBuffer();
  const texts = [
    { text: 'Kiosk am Tor', x: 20, y: 30 },
    { text: 'Total 4.20 and some more words', x: 20, y: 50 },
  ];
  const page = { width: 200, height: 120, texts };
  const attachment = { name: 'factur-x.xml', bytes: Buffer.from(ciiInvoice()) };
  return [
    ['jpeg', jpeg],
    ['png', await picture().png().toBuffer()],
    ['webp', await picture().webp().toBuffer()],
    ['tiff', await picture().tiff().toBuffer()],
    ['gif', await picture().gif().toBuffer()],
    ['avif', await picture().avif({ effort: 0 }).toBuffer()],
    ['bmp', bmp(96, 64)],
    ['pdf with text', Buffer.from(drawPdf({ pages: [page, page] }))],
    [
      'pdf of a scan',
      Buffer.from(drawPdf({ pages: [{ width: 96, height: 64, jpeg: { bytes: jpeg, width: 96, height: 64 } }] })),
    ],
    ['pdf with an invoice', Buffer.from(drawPdf({ pages: [page], attachment }))],
    ['ubl', Buffer.from(ublInvoice())],
    ['cii', Buffer.from(ciiInvoice())],
  ];
}

function changed(bytes: Buffer, random: Random, count: number, value: () => number, within = bytes.length): Buffer {
  for (let i = 0; i < count; i += 1) bytes[Math.floor(random() * Math.min(within, bytes.length))] = value();
  return bytes;
}

function hole(bytes: Buffer, random: Random): Buffer {
  const from = Math.floor(random() * bytes.length);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + Math.floor(random() * 200))]);
}

function bmp(width: number, height: number): Buffer {
  const file = Buffer.alloc(54 + width * height * 3, 0xcc);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(0, 30);
  return file;
}
