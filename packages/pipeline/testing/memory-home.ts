import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createLocalEmbedder,
  createMerchantMemory,
  initIndex,
  type MerchantMemory,
  openLanceStore,
} from '@slipstream/merchant-index';
import { createLogger, sha256Hex } from '@slipstream/runtime';
import { DEFAULT_OWNER, imageIdOf, type RecordChange, rawKey, systemClock } from '@slipstream/shared';
import { openEmbeddedStore } from '@slipstream/store-embedded';
import { type AllPorts, allPorts } from '../src/work/all-ports.ts';
import type { OpenStore } from '../src/work/work-ports.ts';
import { png, publish, received } from './test-home.ts';

/** Ports with a merchant index in a folder of its own, on the real clock: what races is let race. */
export interface MemoryHome {
  readonly ports: AllPorts;
  /** Where the index's files are. */
  readonly folder: string;
  /** An image with these lines, read by an agent; its message waits to be processed. */
  read(lines: readonly string[]): Promise<{ readonly image_id: string; readonly job_id: string }>;
  close(): Promise<void>;
}

export async function openMemoryHome(store: OpenStore): Promise<MemoryHome> {
  const folder = await mkdtemp(join(tmpdir(), 'slipstream-merchants-'));
  const vectors = openLanceStore({ uri: folder });
  const embedder = createLocalEmbedder();
  const logger = createLogger({ name: 'test', level: 'silent', destination: { write: () => {} } });
  let memory: MerchantMemory | null = null;
  const ports = allPorts(store, { clock: systemClock, logger, merchantMemory: async () => memory });
  const { indexRecords } = ports;
  await initIndex({ indexRecords, vectors, clock: systemClock, identity: embedder.identity }, 'lines');
  memory = createMerchantMemory({ embedder, vectors, collections: ['lines'], indexRecords, clock: systemClock });
  let images = 0;
  return {
    ports,
    folder,
    read: async (lines) => {
      images += 1;
      const bytes = png(`${folder}${images}`);
      const sha256 = sha256Hex(bytes);
      const image_id = imageIdOf(sha256);
      const image = {
        image_id,
        owner_id: DEFAULT_OWNER,
        s3_bucket: 'raw',
        s3_key: rawKey(image_id),
        size: bytes.length,
        sha256,
      };
      await ports.jobs.create(image, 'test');
      const { job_id } = await publish(ports, image_id, lines);
      return { image_id, job_id };
    },
    close: async () => {
      await memory?.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** `changes`: the change stream from its beginning. */
export async function openEmbeddedMemoryHome(): Promise<
  MemoryHome & { readonly changes: () => Promise<readonly RecordChange[]> }
> {
  const dataDir = await mkdtemp(join(tmpdir(), 'slipstream-home-'));
  const store = await openEmbeddedStore({ dataDir, clock: systemClock, uploadBaseUrl: 'http://127.0.0.1/put' });
  const home = await openMemoryHome(store);
  return {
    ...home,
    changes: () => store.records.changes({ after: null, limit: 10_000 }),
    close: async () => {
      await home.close();
      await store.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

export function resultMessage(ids: { readonly image_id: string; readonly job_id: string }) {
  return received(crypto.randomUUID(), JSON.stringify(ids));
}
