import { sha256Hex } from '@slipstream/runtime';
import type { OcrLine, Point } from '@slipstream/shared';
import { type Box, mapLine } from '../../layout/page.ts';
import { decodeUpright } from '../../pictures/decode-upright.ts';
import type { EngineImage, OcrEngine } from '../engine.ts';

/** A zone is enlarged so that engines see its letters as they see a headline. */
const ENLARGED_HEIGHT_PX = 160;
const ENLARGEMENT_MAX = 4;
const SIDE_PX_MIN = 12;

/** What an engine reads in a zone alone, enlarged; quads in 0..1 of the whole image. */
export async function readZone(
  engine: OcrEngine,
  image: EngineImage,
  zone: Box,
  signal: AbortSignal,
): Promise<OcrLine[]> {
  if (engine.recogniseZone !== undefined) return engine.recogniseZone(image, zone, signal);
  const cut = await cutOut(image, zone);
  if (cut === null) return [];
  const { lines } = await engine.recognise(cut.image, signal);
  const [left, top] = [cut.left / cut.pageWidth, cut.top / cut.pageHeight];
  const place = ([x, y]: Point): Point => [
    left + (x * cut.width) / cut.pageWidth,
    top + (y * cut.height) / cut.pageHeight,
  ];
  return lines.map((line) => mapLine(line, place));
}

async function cutOut(image: EngineImage, zone: Box) {
  return decodeUpright(image, 'A second look', async (upright) => {
    const { data, info } = await upright.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    const left = Math.floor(zone.left * info.width);
    const top = Math.floor(zone.top * info.height);
    const width = Math.ceil(zone.right * info.width) - left;
    const height = Math.ceil(zone.bottom * info.height) - top;
    if (width < SIDE_PX_MIN || height < SIDE_PX_MIN) return null;
    const scale = Math.max(1, Math.min(ENLARGEMENT_MAX, ENLARGED_HEIGHT_PX / height));
    const { default: sharp } = await import('sharp');
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const cut = await sharp(data, { raw })
      .extract({ left, top, width, height })
      .resize({ width: Math.round(width * scale), kernel: 'cubic' })
      .png({ compressionLevel: 1 })
      .toBuffer({ resolveWithObject: true });
    const asImage: EngineImage = {
      image_id: `${image.image_id}, a zone`,
      bytes: cut.data,
      sha256: sha256Hex(cut.data),
      type: 'png',
      width: cut.info.width,
      height: cut.info.height,
      orientation: 1,
    };
    return { image: asImage, left, top, width, height, pageWidth: info.width, pageHeight: info.height };
  });
}
