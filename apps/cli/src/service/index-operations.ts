import {
  type Collection,
  type Embedder,
  openEmbedder,
  openStackVectors,
  type ReceiptSource,
  type VectorStore,
  type WriterOptions,
} from '@slipstream/merchant-index';
import { Claimants } from '@slipstream/ocr';
import type { AllPorts } from '@slipstream/pipeline';
import { readDocument } from '@slipstream/receipt-parser';
import { getDocument } from '@slipstream/records';
import { INDEX_SETTINGS, indexCollections, type Logger, type Settings } from '@slipstream/runtime';
import { isObjectFault, ocrDocumentSchema, type ReceiptRecord, SlipstreamError } from '@slipstream/shared';
import { homeVectors } from '../home/home-memory.ts';
import { openExistingHome } from '../home/open-home.ts';
import { isStackChosen, readStack } from '../remote/read-stack.ts';
import { claimantsOfThisMachine } from './claimants-of-this-machine.ts';
import { OPERATION_SETTINGS } from './open-operations.ts';

export const INDEX_OPERATION_SETTINGS = [...OPERATION_SETTINGS, ...INDEX_SETTINGS] as const;
type IndexOperationSettings = Pick<Settings, (typeof INDEX_OPERATION_SETTINGS)[number]>;

/** What an operator does with the merchant index: at home, or on a stack with AWS credentials of their own. */
export interface IndexOperations {
  /** As a person names it. */
  readonly place: string;
  readonly ports: AllPorts;
  readonly vectors: VectorStore;
  readonly embedder: Embedder;
  readonly collections: readonly Collection[];
  readonly source: ReceiptSource;
  /** Whose home of the index the mode decides; null where it lies in the data folder. */
  readonly bucketRoot: string | null;
  /** This process as a writer, and which others are known to have died. */
  writer(): Pick<WriterOptions, 'owner' | 'isGone'>;
  /** For LanceDB's own requests to S3. */
  readonly storageOptions: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openIndexOperations(settings: IndexOperationSettings, logger: Logger): Promise<IndexOperations> {
  const collections = indexCollections(settings);
  if (collections.length === 0) {
    const message = 'No merchant index is kept: VECTOR_STORE is none. Set it to lancedb to keep one.';
    throw new SlipstreamError('CONFIGURATION_INVALID', message);
  }
  if (isStackChosen(settings)) {
    // Only when it is used: AWS's clients take longer to load than most verbs take altogether.
    const { openStackIndex } = await import('./aws-index.ts');
    const opened = await openStackIndex(readStack(settings), settings.profile, logger);
    const { ports, storageOptions } = opened;
    const vectors = openStackVectors(ports, settings, { storageOptions, copies: null, chromaKey: chromaKey() });
    return operations(opened, settings, { vectors, collections, place: opened.place });
  }
  const home = await openExistingHome(settings.data ?? '.', logger);
  const opened = { ports: home, bucketRoot: null, storageOptions: {}, close: () => home.close() };
  return operations(opened, settings, { vectors: homeVectors(home, settings), collections, place: home.dataDir });
}

function operations(
  opened: Pick<IndexOperations, 'ports' | 'bucketRoot' | 'storageOptions' | 'close'>,
  settings: IndexOperationSettings,
  { vectors, collections, place }: Pick<IndexOperations, 'vectors' | 'collections' | 'place'>,
): IndexOperations {
  const { ports } = opened;
  // From the environment, never from a flag that everybody on the machine can read.
  const apiKey = async () => process.env.OPENAI_API_KEY || null;
  return {
    ...opened,
    place,
    vectors,
    collections,
    embedder: openEmbedder(settings, { apiKey, budgets: ports.budgets }),
    writer: writerOf(opened.bucketRoot === null ? new Claimants() : claimantsOfThisMachine()),
    source: { receipts: ports.receipts, rowsOf: (record) => visualRows(ports, record) },
    close: async () => {
      await vectors.close();
      await opened.close();
    },
  };
}

/** A run that was killed keeps no other waiting: on the machine where it ran, its process is known to be gone. */
function writerOf(claimants: Claimants): IndexOperations['writer'] {
  return () => ({ owner: claimants.next().owner, isGone: (owner) => claimants.isGone(owner) });
}

const chromaKey = (): string | null => process.env.CHROMA_API_KEY ?? null;

/** What the receipt's job read, parsed as it is parsed now; null where the document is gone or damaged. */
async function visualRows(ports: AllPorts, record: ReceiptRecord): Promise<readonly string[] | null> {
  const { image_id, job_id, receipt_id } = record;
  const job = await ports.jobs.get(image_id, job_id);
  if (!job?.document_key) return null;
  try {
    const document = await getDocument(ports.artifacts, job.document_key, ocrDocumentSchema);
    return readDocument(document, { image_id }).find(({ receipt }) => receipt.receipt_id === receipt_id)?.rows ?? [];
  } catch (error) {
    if (isObjectFault(error)) return null;
    throw error;
  }
}
