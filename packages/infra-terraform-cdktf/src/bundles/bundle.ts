import { eachFunction, type FunctionName, type FunctionNeeds } from '@slipstream/shared';

/** A function's zip, made by `npm run bundle`, and what it needs. */
export interface Bundle {
  readonly path: string;
  /** SHA-256 of the zip, base64: what Lambda compares. */
  readonly sha256: string;
  readonly bytes: number;
  /** `needs.json` of the same build: its role is made of it. */
  readonly needs: FunctionNeeds;
}

export type Bundles = Readonly<Record<FunctionName, Bundle>>;

/** Lambda takes larger zips from S3 only. */
export const DIRECT_UPLOAD_BYTES_MAX = 50_000_000;

export function needsOfBundles(bundles: Bundles): Readonly<Record<FunctionName, FunctionNeeds>> {
  return eachFunction((name) => bundles[name].needs);
}
