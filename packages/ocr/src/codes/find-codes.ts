import { OCR_CODE_PAYLOAD_LENGTH_MAX, OCR_CODES_MAX, type OcrCode, type Point } from '@slipstream/shared';
import type { ReaderOptions, ReadResult } from 'zxing-wasm/reader';
import { decodeUpright } from '../pictures/decode-upright.ts';
import type { EngineImage } from '../pictures/engine-image.ts';
import { loadZxing } from './zxing.ts';

/** Long side at which codes are looked for: a QR code of 57 modules that is a fifth as wide has 5 pixels a module. */
const SIDE_PX_MAX = 1_600;
/** What is printed on receipts. Interleaved 2 of 5 and Codabar are left out: text and rules read as such. */
const OPTIONS: ReaderOptions = {
  formats: ['QRCode', 'PDF417', 'DataMatrix', 'Aztec', 'EAN13', 'EAN8', 'UPCA', 'Code128', 'Code39'],
  maxNumberOfSymbols: OCR_CODES_MAX,
  textMode: 'Plain',
};
/** Names of the document's contract where the library's own, in lower case, is another. */
const KINDS: Readonly<Record<string, string>> = { qrcode: 'qr' };

/**
 * The bar codes and QR codes on a picture, quads in 0..1 of it upright; none of HEIC, which is not decoded here.
 * IMAGE_UNREADABLE where it is damaged.
 */
export async function codesOn(image: EngineImage): Promise<OcrCode[]> {
  if (image.type === 'heic') return [];
  const { readBarcodes } = await loadZxing();
  return decodeUpright(image, 'The reader of codes', async (upright) => {
    const side = SIDE_PX_MAX;
    const small = upright.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
    const { data, info } = await small.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const pixels = { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' as const };
    const found = await readBarcodes(pixels, OPTIONS);
    return found.flatMap((code) => toOcrCode(code, width, height));
  });
}

function toOcrCode({ isValid, format, text, position }: ReadResult, width: number, height: number): OcrCode[] {
  if (!isValid || text === '' || text.length > OCR_CODE_PAYLOAD_LENGTH_MAX) return [];
  const point = ({ x, y }: { x: number; y: number }): Point => [bounded(x / width), bounded(y / height)];
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const kind = format.toLowerCase().replace(/[^a-z\d]/g, '');
  return [
    {
      page: 0,
      kind: KINDS[kind] ?? kind,
      payload: text,
      quad: [point(topLeft), point(topRight), point(bottomRight), point(bottomLeft)],
    },
  ];
}

/** A corner that is guessed may lie beside the picture. */
function bounded(coordinate: number): number {
  return Math.min(1.5, Math.max(-0.5, coordinate));
}
