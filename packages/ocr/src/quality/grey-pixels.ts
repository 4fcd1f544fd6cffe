/** One byte a pixel, 0 black, rows from the top. */
export interface GreyPixels {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Long side at which quality is measured: blur below a pixel of it hurts nothing. */
export const MEASURED_SIDE_PX = 1_200;
