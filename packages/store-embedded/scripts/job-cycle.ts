import { randomUUID } from 'node:crypto';
import type { Delivery, Queue } from '@slipstream/shared';
import type { EmbeddedStore } from '../src/index.ts';

/** What one receipt costs the store, with the sizes that real ones have: an object in, its document, its receipt. */
const OCR_DOCUMENT = new Uint8Array(12_000).fill(7);
const RECEIPT_DOCUMENT = new Uint8Array(3_000).fill(7);

/**
 * One job from its object to its receipt: 3 objects, 4 messages sent, 3 of them received and acknowledged, 2 transactions
 * and 2 updates; 16 durable writes, each waited for.
 */
export class JobCycle {
  readonly #store: EmbeddedStore;
  readonly #uploads: Queue<unknown>;
  readonly #ocr: Queue<unknown>;
  readonly #results: Queue<unknown>;
  readonly #validate: Queue<unknown>;
  readonly #image: Uint8Array;

  constructor(store: EmbeddedStore, imageBytes: number) {
    this.#store = store;
    this.#uploads = store.queue('uploads-queue');
    this.#ocr = store.queue('ocr-queue');
    this.#results = store.queue('ocr-results-queue');
    this.#validate = store.queue('validate-queue');
    this.#image = new Uint8Array(imageBytes).fill(7);
  }

  /** Takes whichever message is next: with several jobs at once each one still does one job's work. */
  async run(): Promise<void> {
    const imageId = randomUUID();
    const key = { pk: `IMAGE#${imageId}`, sk: 'OCR_JOB#1' };
    const state = (status: string) => ({ status, gsi1pk: `OCR_JOB#${status}`, gsi1sk: new Date().toISOString() });
    const { records, raw, artifacts } = this.#store;

    await raw.put(`raw/${imageId}`, this.#image, { ifAbsent: true });
    const upload = await receiveOne(this.#uploads);
    await records.transact([
      {
        kind: 'put',
        record: { ...key, sk: 'IMAGE', type: 'IMAGE', revision: 1, ...DETAILS },
        condition: { ifAbsent: true },
      },
      {
        kind: 'put',
        record: { ...key, type: 'OCR_JOB', revision: 1, ...state('PENDING'), ...DETAILS },
        condition: { ifAbsent: true },
      },
    ]);
    await this.#ocr.send({ image_id: imageId });
    await upload.ack();

    const job = await receiveOne(this.#ocr);
    await records.write({ kind: 'update', key, set: state('RUNNING'), condition: { ifState: { status: 'PENDING' } } });
    await artifacts.put(`ocr/${imageId}/1/1.json.gz`, OCR_DOCUMENT);
    await records.write({ kind: 'update', key, set: state('OCR_DONE'), condition: { ifState: { status: 'RUNNING' } } });
    await this.#results.send({ image_id: imageId });
    await job.ack();

    const result = await receiveOne(this.#results);
    await artifacts.put(`receipts/${imageId}/00001/1.json.gz`, RECEIPT_DOCUMENT);
    await records.transact([
      {
        kind: 'put',
        record: {
          ...key,
          sk: 'RECEIPT#00001',
          type: 'RECEIPT',
          revision: 1,
          gsi1pk: 'RECEIPT',
          gsi1sk: `2026-01-01#${imageId}`,
          ...DETAILS,
        },
      },
      { kind: 'update', key, set: state('COMPLETED'), condition: { ifState: { status: 'OCR_DONE' } } },
    ]);
    await this.#validate.send({ image_id: imageId });
    await result.ack();
  }
}

const DETAILS = { file_name: 'receipt.jpg', merchant_name: 'Example Market', total: '12.34', note: 'x'.repeat(600) };

async function receiveOne(queue: Queue<unknown>): Promise<Delivery> {
  const [delivery] = await queue.receive({ max: 1, waitMs: 10_000, visibilityMs: 60_000 });
  if (delivery === undefined) throw new Error(`nothing came on ${queue.name} within 10 s`);
  return delivery;
}
