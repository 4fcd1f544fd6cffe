import type { ImageType } from '@slipstream/shared';

/** An image that passed the door: its type and size are known from its header. */
export interface EngineImage {
  readonly image_id: string;
  readonly bytes: Uint8Array;
  /** Lower-case hex, of `bytes`. */
  readonly sha256: string;
  readonly type: ImageType;
  /** Pixels of the upright image. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number;
  /** Where there are several. */
  readonly pages?: number;
}
