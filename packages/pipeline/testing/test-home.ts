import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putDocument, submitImage } from '@slipstream/records';
import { createLogger } from '@slipstream/runtime';
import {
  claimNumberOf,
  type OcrDocument,
  type OcrJobRecord,
  ocrDocumentKey,
  ocrDocumentSchema,
  ownerOfCaller,
  type Queue,
  type RecordChange,
} from '@slipstream/shared';
import { type EmbeddedStore, openEmbeddedStore } from '@slipstream/store-embedded';
import { FakeClock } from '@slipstream/testing';
import { type AllPorts, allPorts } from '../src/work/all-ports.ts';
import type { Invocation } from '../src/work/invocation.ts';
import type { BatchOutcome, MessageHandler, ReceivedMessage } from '../src/work/message-batch.ts';

/** A real store in a folder of its own, on a clock that stands still. */
export interface TestHome extends AllPorts {
  readonly store: EmbeddedStore;
  readonly clock: FakeClock;
  readonly logged: Record<string, unknown>[];
  /** Takes what waits in a queue, hands it to the use case and settles it. */
  drain(queue: Queue<never>, handler: MessageHandler): Promise<BatchOutcome>;
  close(): Promise<void>;
}

export const context = (remainingMs = 60_000): Invocation => ({
  request_id: 'request',
  remainingMs: () => remainingMs,
});

export async function openTestHome(): Promise<TestHome> {
  const dataDir = await mkdtemp(join(tmpdir(), 'slipstream-lambdas-'));
  const clock = new FakeClock();
  const store = await openEmbeddedStore({ dataDir, clock, uploadBaseUrl: 'http://127.0.0.1/put' });
  const logged: Record<string, unknown>[] = [];
  const logger = createLogger({
    name: 'test',
    level: 'debug',
    destination: { write: (line: string) => void logged.push(JSON.parse(line)) },
  });
  return {
    ...allPorts(store, { clock, logger }),
    store,
    clock,
    logged,
    drain,
    close: async () => {
      await store.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

async function drain(queue: Queue<never>, handler: MessageHandler): Promise<BatchOutcome> {
  const deliveries = await queue.receive({ max: 10, waitMs: 0, visibilityMs: 30_000 });
  const outcome = await handler(deliveries, context());
  const failed = new Set(outcome.retry);
  await Promise.all(deliveries.map((delivery) => (failed.has(delivery.id) ? delivery.release(0) : delivery.ack())));
  return outcome;
}

/** The change stream from its beginning, as the use case receives it. */
export function changesOf(home: TestHome): Promise<readonly RecordChange[]> {
  return home.store.records.changes({ after: null, limit: 1_000 });
}

/** A message on its third receive, as a use case receives it. */
export function received(id: string, body: string): ReceivedMessage {
  return { id, body, receiveCount: 3, sentAt: 0, correlationId: null };
}

/** The smallest PNG there is, made another one by what follows its end. */
export function png(text: string): Uint8Array {
  const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  return Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.from(text)]);
}

export async function submit(
  home: AllPorts,
  bytes: Uint8Array,
  uploaded_by = 'local',
  owner_id = ownerOfCaller(uploaded_by),
): Promise<string> {
  return (await submitImage(home, { bytes, file_name: 'receipt.png', uploaded_by, owner_id })).image_id;
}

/** What an agent does: claims the job, stores a document of these lines, publishes. */
export async function publish(
  home: AllPorts,
  imageId: string,
  lines: readonly string[],
  image: Partial<OcrDocument['image']> = {},
): Promise<OcrJobRecord> {
  const current = await home.jobs.current(imageId);
  if (!current) throw new Error('there is no job to publish');
  const claim = await home.jobs.claim(imageId, current.job.job_id, {
    owner: 'test',
    expires_at: home.clock.now() + 60_000,
  });
  if (claim.kind !== 'claimed') throw new Error(`the job is ${claim.kind}`);
  const key = ocrDocumentKey(imageId, claim.job.job_id, claimNumberOf(claim.job));
  const document = ocrDocument(current.image.sha256 ?? '', lines);
  await putDocument(home.artifacts, key, ocrDocumentSchema, { ...document, image: { ...document.image, ...image } });
  const published = await home.jobs.publish(claim.job, key);
  if (!published) throw new Error('the job was not published');
  return published;
}

/** One line of text below the other, each word with its box. */
export function ocrDocument(sha256: string, lines: readonly string[]): OcrDocument {
  const lineHeight = 1 / Math.max(20, lines.length + 2);
  return {
    schema_version: 1,
    image: { width: 600, height: 1_000, orientation: 1, sha256 },
    engine: { name: 'test', version: '1', level: 'none', languages: [] },
    regions: [],
    lines: lines.map((text, index) => {
      const [top, bottom] = [(index + 1) * lineHeight, (index + 1.7) * lineHeight];
      const box = (from: number, to: number): OcrDocument['lines'][number]['quad'] => [
        [0.1 + from * 0.02, top],
        [0.1 + to * 0.02, top],
        [0.1 + to * 0.02, bottom],
        [0.1 + from * 0.02, bottom],
      ];
      const words = [...text.matchAll(/\S+/g)].map((match) => ({
        text: match[0],
        confidence: 0.95,
        quad: box(match.index, match.index + match[0].length),
      }));
      return { text: text.trim(), confidence: 0.95, quad: box(0, text.length), words };
    }),
  };
}

export const CAFE = [
  '      THE CORNER CAFE LTD',
  '       12 Harbour Street',
  '       Bristol BS1 4RN',
  '14/03/2026            09:26',
  'Flat white             3.50',
  'Banana bread           4.00',
  'TOTAL                  7.50',
  'Cash                  10.00',
  'Change                 2.50',
];
