import type { IndexRecords } from '@slipstream/records';
import type { Logger } from '@slipstream/runtime';
import { type INDEX_SETTINGS, requireSetting, type Settings } from '@slipstream/runtime';
import type { ObjectStore } from '@slipstream/shared';
import { openChromaStore } from '../chroma/chroma-store.ts';
import { COLLECTIONS } from '../index-row.ts';
import type { VectorStore } from '../vector-index.ts';
import { openIndexStore } from './open-index-store.ts';

export interface StackVectorsPorts {
  readonly indexRecords: IndexRecords;
  readonly artifacts: ObjectStore;
  readonly logger: Logger;
}

export interface StackVectorsOptions {
  /** For LanceDB's own requests to S3; without any it takes the environment's credentials and region. */
  readonly storageOptions?: Readonly<Record<string, string>>;
  /** A folder of this machine's for copies of published versions; null keeps none. */
  readonly copies: string | null;
  /** The key of Chroma Cloud; null for a server that asks for none. */
  readonly chromaKey?: string | null;
}

/** Where a stack's index lies: in its bucket, on its mount or on a Chroma server. */
export function openStackVectors(
  { indexRecords, artifacts, logger }: StackVectorsPorts,
  settings: Pick<Settings, (typeof INDEX_SETTINGS)[number]>,
  { storageOptions, copies, chromaKey = null }: StackVectorsOptions,
): VectorStore {
  if (settings.vector_store === 'chroma') {
    const { chroma_tenant, chroma_database } = settings;
    return openChromaStore({
      url: requireSetting('chroma_url', settings.chroma_url),
      ...(chroma_tenant ? { tenant: chroma_tenant } : {}),
      ...(chroma_database ? { database: chroma_database } : {}),
      ...(chromaKey ? { apiKey: chromaKey } : {}),
    });
  }
  return openIndexStore({
    mode: settings.vector_storage_mode,
    objects: artifacts,
    mount: settings.index_mount_path,
    copies,
    logger,
    ...(storageOptions ? { storageOptions } : {}),
    publishedUri: async (table) => {
      const collection = COLLECTIONS.find((name) => table === name || table.startsWith(`${name}-`));
      const snapshot = collection ? await indexRecords.snapshot(collection) : null;
      return snapshot?.table === table ? snapshot.uri : null;
    },
  });
}

/** LanceDB's S3 client reads no `AWS_ENDPOINT_URL` of a server without TLS by itself. */
export function endpointOptions(endpoint: string | undefined): Readonly<Record<string, string>> {
  return endpoint ? { endpoint, allow_http: String(endpoint.startsWith('http:')) } : {};
}
