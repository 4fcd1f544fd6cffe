import type { Jobs } from '@slipstream/records';
import type { Clock, ImageType, ObjectStore, OcrDocument, OcrResultMessage, Queue } from '@slipstream/shared';
import type { EngineImage } from '../pictures/engine-image.ts';
import type { PageView } from '../views/page-views.ts';
import type { Claimants } from './claimants.ts';

export interface ImageFacts {
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
}

/** Everything that the work on one job reads and writes. */
export interface JobPorts {
  readonly jobs: Jobs;
  readonly raw: Pick<ObjectStore, 'bucket' | 'get'>;
  readonly results: Pick<Queue<OcrResultMessage>, 'send'>;
  readonly writeDocument: (key: string, document: OcrDocument) => Promise<void>;
  /** Type and size from the header, within the limits; throws the `IMAGE_…` error that fits. */
  readonly checkImage: (bytes: Uint8Array) => ImageFacts;
  readonly image_bytes_max: number;
  readonly recognise: (image: EngineImage, signal: AbortSignal) => Promise<OcrDocument>;
  /** The pages of an image as a person is to see them, and where they go; absent where nothing makes them. */
  readonly views?: (image: EngineImage, signal: AbortSignal) => Promise<readonly PageView[]>;
  readonly writeView?: (key: string, jpeg: Uint8Array) => Promise<void>;
  /** Told in dead letters. */
  readonly engine: { readonly name: string; readonly version: string };
  readonly claimants: Claimants;
  readonly clock: Clock;
  readonly random: () => number;
}
