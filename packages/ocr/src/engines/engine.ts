import type { OcrDocument, OcrLine } from '@slipstream/shared';
import type { Box } from '../layout/page.ts';
import type { EngineImage } from '../pictures/engine-image.ts';

export type { EngineImage } from '../pictures/engine-image.ts';

/** One way to read text in images. Engines never touch queues, records or objects. */
export interface OcrEngine {
  readonly name: string;
  readonly version: string;
  /** How many images it reads at once; further ones wait. */
  readonly concurrency: number;
  /** Loads models and workers; the first recognise does it too. */
  prewarm(): Promise<void>;
  /**
   * Throws SlipstreamError: IMAGE_UNREADABLE, ENGINE_CANNOT_READ_TYPE, ENGINE_FAILED, ENGINE_UNAVAILABLE, or ABORTED
   * when `signal` calls the work off.
   */
  recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument>;
  /** Reads a part of an image, given in 0..1 of it; quads are in 0..1 of the whole. Engines without it get the part cut out. */
  recogniseZone?(image: EngineImage, zone: Box, signal: AbortSignal): Promise<OcrLine[]>;
  /** Lets go of workers and memory; what is being read ends ABORTED. */
  close(): Promise<void>;
}
