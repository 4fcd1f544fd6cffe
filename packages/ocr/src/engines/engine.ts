import type { EngineHealth, OcrDocument, OcrLine } from '@slipstream/shared';
import type { Box } from '../layout/page.ts';
import type { EngineImage } from '../pictures/engine-image.ts';
import type { PageView } from '../views/page-views.ts';

export type { EngineImage } from '../pictures/engine-image.ts';

/** One way to read text in images. Engines never touch queues, records or objects. */
export interface OcrEngine {
  readonly name: string;
  readonly version: string;
  /** How many images it reads at once; further ones wait. */
  readonly concurrency: number;
  /** The longest that one image may take by design, the loading of models included; absent: what the caller allows. */
  readonly imageMsMax?: number;
  /** How it is; absent for engines that either work or throw. */
  readonly health?: EngineHealth | undefined;
  /** Loads models and workers; the first recognise does it too. An engine with a `health` says there what went wrong. */
  prewarm(): Promise<void>;
  /** Where it is not well: looks whether it is by now. Cheap to call often. */
  recover?(): Promise<void>;
  /**
   * Throws SlipstreamError: IMAGE_UNREADABLE, ENGINE_CANNOT_READ_TYPE, ENGINE_FAILED, ENGINE_UNAVAILABLE, or ABORTED
   * when `signal` calls the work off.
   */
  recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument>;
  /** Reads a part of an image, given in 0..1 of it; quads are in 0..1 of the whole. Engines without it get the part cut out. */
  recogniseZone?(image: EngineImage, zone: Box, signal: AbortSignal): Promise<OcrLine[]>;
  /** The pages of an image as a person is to see them; engines without it make none. Throws as `recognise` does. */
  views?(image: EngineImage, signal: AbortSignal): Promise<readonly PageView[]>;
  /** Lets go of workers and memory; what is being read ends ABORTED. */
  close(): Promise<void>;
}
