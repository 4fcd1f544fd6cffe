import { dropFailure } from '@slipstream/api';
import { LOCAL_SENDER, submitImage } from '@slipstream/records';
import { LOCAL_CALLER, rawKey } from '@slipstream/shared';
import type { Home } from '../home/open-home.ts';
import type { ReceiptsService, Submitted } from '../service/receipts-service.ts';

/** Where a watched folder's photographs go. */
export interface SubmissionTarget {
  /** As a person names it. */
  readonly place: string;
  /** Longest pause while it cannot take anything. */
  readonly pause_ms_max: number;
  submit(file: { readonly bytes: Uint8Array; readonly file_name: string }): Promise<Submitted>;
  /** Whether an image's bytes are there still; null where that cannot be asked. */
  readonly isStored: ((imageId: string) => Promise<boolean>) | null;
  /** Takes an image's failure and its dead letters out of the lists; false while its job is under way. */
  readonly dropFailure: ((imageId: string) => Promise<boolean>) | null;
  /** How often it may be asked to do so for one image. */
  readonly drop_every_ms: number;
}

/** Room on a disk is made by somebody who sits before it: they need not wait for a minute. */
const LOCAL_PAUSE_MS_MAX = 5_000;
const REMOTE_PAUSE_MS_MAX = 60_000;
const REMOTE_DROP_EVERY_MS = 10_000;

export function localTarget(home: Home): SubmissionTarget {
  return {
    place: home.dataDir,
    pause_ms_max: LOCAL_PAUSE_MS_MAX,
    submit: (file) => submitImage(home, { ...file, ...LOCAL_SENDER, origin_kind: 'folder' }),
    isStored: async (imageId) => (await home.raw.head(rawKey(imageId))) !== null,
    dropFailure: (imageId) => dropFailure(home, LOCAL_CALLER, imageId),
    drop_every_ms: 0,
  };
}

export function remoteTarget(service: ReceiptsService): SubmissionTarget {
  const { place } = service;
  return {
    place,
    pause_ms_max: REMOTE_PAUSE_MS_MAX,
    submit: (file) => service.submit(file),
    isStored: null,
    dropFailure: (imageId) => service.dropFailure(imageId),
    drop_every_ms: REMOTE_DROP_EVERY_MS,
  };
}
