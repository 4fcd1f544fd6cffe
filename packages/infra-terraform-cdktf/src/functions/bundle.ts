import type { FunctionName } from '../environments/function-names.ts';

/** A function's zip, made by `npm run bundle`. */
export interface Bundle {
  readonly path: string;
  /** SHA-256 of the zip, base64: what Lambda compares. */
  readonly sha256: string;
  readonly bytes: number;
}

export type Bundles = Readonly<Record<FunctionName, Bundle>>;

/** Lambda takes larger zips from S3 only. */
export const DIRECT_UPLOAD_BYTES_MAX = 50_000_000;
