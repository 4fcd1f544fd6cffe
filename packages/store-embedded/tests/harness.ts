import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ERROR_MEANINGS, isSlipstreamError, type PresignedPut } from '@slipstream/shared';
import { FakeClock } from '@slipstream/testing';
import { type EmbeddedStore, type EmbeddedStoreOptions, openEmbeddedStore } from '../src/index.ts';

/** A store in a folder of its own, on a clock that stands still. */
export interface StoreHarness {
  readonly store: EmbeddedStore;
  readonly dataDir: string;
  readonly clock: FakeClock;
  /** Lets what is under way settle, lets time pass, and lets settle what that woke. */
  advance(ms: number): Promise<void>;
  upload(request: PresignedPut, body: Uint8Array): Promise<number>;
  dispose(): Promise<void>;
}

export async function makeStoreHarness(options: Partial<EmbeddedStoreOptions> = {}): Promise<StoreHarness> {
  const dataDir = await makeDataDir();
  const clock = new FakeClock();
  const store = await openEmbeddedStore({
    dataDir,
    clock,
    uploadBaseUrl: 'http://127.0.0.1:8080/uploads/',
    ...options,
  });
  return {
    store,
    dataDir,
    clock,
    advance: async (ms) => {
      await settle();
      await clock.advance(ms);
      await settle();
    },
    upload: (request, body) => upload(store, request, body),
    dispose: async () => {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** In memory where there is such a file system: what the disk does is no part of these tests, and its flushes are slow. */
export function makeDataDir(): Promise<string> {
  return mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'slipstream-store-'));
}

/** As an HTTP client sends it: it sets the length itself. */
async function upload(store: EmbeddedStore, { url, headers }: PresignedPut, body: Uint8Array): Promise<number> {
  const sent = { ...headers, 'content-length': String(body.byteLength) };
  try {
    await store.acceptUpload(new Request(url, { method: 'PUT', headers: sent, body: Buffer.from(body) }));
    return 200;
  } catch (thrown) {
    if (isSlipstreamError(thrown)) return ERROR_MEANINGS[thrown.code].httpStatus;
    throw thrown;
  }
}

/** A write takes some turns of the event loop: one to gather its group, some to come back. */
const SETTLING_TURNS = 20;

async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLING_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
