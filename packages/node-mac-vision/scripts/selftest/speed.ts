import { createMacVision, type RecognitionLevel } from '../../src/index.ts';
import { drawOriented } from './draw.ts';

export interface Speed {
  level: RecognitionLevel;
  at_once: number;
  ms_an_image: number;
}

const IMAGES = 24;
const LEVELS: RecognitionLevel[] = ['accurate', 'fast'];
const AT_ONCE = [1, 2, 4];

/** Time an image when so many are read at once: where it does not fall with more, Vision is bound by one engine. */
export async function measureSpeed(): Promise<Speed[]> {
  const image = await drawOriented(1);
  const speeds: Speed[] = [];
  for (const level of LEVELS) {
    for (const at_once of AT_ONCE) {
      const vision = createMacVision({ concurrency: at_once });
      await vision.recognizeText(image, { level });
      const began = performance.now();
      await Promise.all(Array.from({ length: IMAGES }, () => vision.recognizeText(image, { level })));
      speeds.push({ level, at_once, ms_an_image: Math.round((performance.now() - began) / IMAGES) });
      await vision.close();
    }
  }
  return speeds;
}
