import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as contracts from '../src/index.ts';
import { withUnknownFields } from '../testing/index.ts';

/** The golden files are the contract between programs, of which some are not in this repository: a change here breaks them. */
const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8'));

const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'message.uploads-queue.json': contracts.uploadEventSchema,
  'message.ocr-queue.json': contracts.ocrJobMessageSchema,
  'message.ocr-results-queue.json': contracts.ocrResultMessageSchema,
  'message.validate-queue.json': contracts.validateMessageSchema,
  'message.compaction-queue.json': contracts.compactionMessageSchema,
  'ocr-document.json': contracts.ocrDocumentSchema,
  'ocr-document.pages.json': contracts.ocrDocumentSchema,
  'message.catalogue-queue.json': contracts.catalogueMessageSchema,
  'message.catalogue-queue.merchant.json': contracts.catalogueMerchantMessageSchema,
  'message.webhooks-queue.json': contracts.webhookMessageSchema,
  'receipt.json': contracts.receiptSchema,
  'receipt.filed.json': contracts.receiptSchema,
  'record.image.json': contracts.imageRecordSchema,
  'record.image.owned.json': contracts.imageRecordSchema,
  'record.image.manual.json': contracts.imageRecordSchema,
  'record.change.json': contracts.changeRecordSchema,
  'record.category.json': contracts.categoryRecordSchema,
  'record.rule.json': contracts.ruleRecordSchema,
  'record.upload.json': contracts.uploadRecordSchema,
  'record.ocr-job.json': contracts.ocrJobRecordSchema,
  'record.routing.json': contracts.routingRecordSchema,
  'record.receipt.json': contracts.receiptRecordSchema,
  'record.compaction-run.json': contracts.compactionRunRecordSchema,
  'record.merchant.json': contracts.merchantRecordSchema,
  'record.merchant-key.json': contracts.merchantKeyRecordSchema,
  'record.merchant-receipt.json': contracts.merchantReceiptRecordSchema,
  'record.place-lookup.json': contracts.placeLookupRecordSchema,
  'record.snapshot.json': contracts.snapshotRecordSchema,
  'record.writer.json': contracts.writerRecordSchema,
  'record.config.json': contracts.configRecordSchema,
  'record.budget.json': contracts.budgetRecordSchema,
};

describe('golden messages, documents and records', () => {
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    it(`${name} is of its schema, and nothing of it is lost`, () => {
      const document = golden(name);
      const parsed = schema.parse(document);
      // Of S3's event only a part is read.
      if (name === 'message.uploads-queue.json') expect(document).toMatchObject(parsed as object);
      else expect(parsed).toEqual(document);
    });
  }

  it('every golden file is tested', () => {
    const files = readdirSync(new URL('../golden/', import.meta.url)).filter(
      (name) => name !== 'ids.json' && !name.startsWith('record.agent'),
    );
    expect(Object.keys(SCHEMAS)).toEqual(expect.arrayContaining(files));
  });

  it.each(['message.ocr-queue.json', 'message.validate-queue.json'])(
    '%s with an unknown field is taken, with a wrong type refused',
    (name) => {
      const message = golden(name) as Record<string, unknown>;
      const schema = SCHEMAS[name] as z.ZodType;
      expect(contracts.parseMessage(schema, JSON.stringify({ ...message, added_later: true }))).toEqual(message);
      expect(() => contracts.parseMessage(schema, JSON.stringify({ ...message, image_id: 7 }))).toThrow(
        /MESSAGE|image_id/,
      );
    },
  );

  it.each(Object.keys(SCHEMAS).filter((name) => !name.startsWith('message.')))(
    '%s with unknown fields at every level is taken, and keeps them',
    (name) => {
      const document = withUnknownFields(golden(name));
      expect(SCHEMAS[name]?.parse(document)).toEqual(document);
    },
  );

  it('records from before there were owners belong to the default one', () => {
    const { owner_id: _, ...image } = golden('record.image.json') as contracts.ImageRecord;
    expect(contracts.imageRecordSchema.parse(image).owner_id).toBe('default');
  });

  it('the records stand under the keys that recordKeys makes', () => {
    const job = contracts.ocrJobRecordSchema.parse(golden('record.ocr-job.json'));
    expect(job).toMatchObject(contracts.recordKeys.ocrJob(job.image_id, job.job_id));
    expect(job).toMatchObject(contracts.indexKeys.ocrJob(job.status, job.updated_at));
    const receipt = contracts.receiptRecordSchema.parse(golden('record.receipt.json'));
    expect(receipt).toMatchObject(contracts.recordKeys.receipt(receipt.image_id, receipt.receipt_id));
    expect(receipt).toMatchObject(contracts.indexKeys.receipt(receipt.date, receipt.image_id, receipt.receipt_id));
    const key = contracts.merchantKeyRecordSchema.parse(golden('record.merchant-key.json'));
    expect(key).toMatchObject(contracts.recordKeys.merchantKey(key.kind, key.value));
    expect(key).toMatchObject(contracts.indexKeys.merchantKey(key.merchant_id, key.kind, key.value));
    const link = contracts.merchantReceiptRecordSchema.parse(golden('record.merchant-receipt.json'));
    expect(link).toMatchObject(
      contracts.recordKeys.merchantReceipt(link.merchant_id, receipt.date, link.image_id, link.receipt_id),
    );
  });
});

describe('ids', () => {
  const vectors = golden('ids.json') as {
    text: string;
    sha256: string;
    image_id: string;
    job_ids: Record<string, string>;
    empty: { sha256: string; image_id: string };
    owned: { owner_id: string; image_id: string };
  };

  it('are those of the golden vectors', () => {
    const sha256 = sha256Hex(Buffer.from(vectors.text));
    expect(sha256).toBe(vectors.sha256);
    expect(contracts.imageIdOf(sha256)).toBe(vectors.image_id);
    for (const [generation, jobId] of Object.entries(vectors.job_ids)) {
      expect(contracts.jobIdOf(vectors.image_id, Number(generation))).toBe(jobId);
    }
    expect(contracts.imageIdOf(sha256Hex(new Uint8Array()))).toBe(vectors.empty.image_id);
  });

  it('of the same bytes differ between owners, and are what they always were for the default one', () => {
    const { sha256, image_id, owned } = vectors;
    expect(contracts.imageIdOf(sha256, contracts.DEFAULT_OWNER)).toBe(image_id);
    expect(contracts.imageIdOf(sha256, owned.owner_id)).toBe(owned.image_id);
    expect(owned.image_id).not.toBe(image_id);
    // An owner's image may be from before there were owners.
    expect(contracts.isImageIdOf(image_id, sha256, owned.owner_id)).toBe(true);
    expect(contracts.isImageIdOf(owned.image_id, sha256, owned.owner_id)).toBe(true);
    expect(contracts.isImageIdOf(owned.image_id, sha256, 'somebody else')).toBe(false);
  });

  it('of images without a picture are made anew, in the order of time', () => {
    const [one, two] = [contracts.newManualImageId(), contracts.newManualImageId()];
    expect(contracts.uuidSchema.safeParse(one).success && one < two).toBe(true);
  });

  it('only raw/ and an image id is a raw key', () => {
    const { image_id } = vectors;
    expect(contracts.imageIdOfRawKey(`raw/${image_id}`)).toBe(image_id);
    for (const key of [
      image_id,
      `raw/${image_id}/x`,
      `raw/../raw/${image_id}`,
      `raw/${image_id.toUpperCase()}`,
      'raw/',
      `/raw/${image_id}`,
    ]) {
      expect(contracts.imageIdOfRawKey(key), key).toBeNull();
    }
  });
});

describe('parseMessage', () => {
  it('never repeats the content of a message that is no JSON', () => {
    let caught: unknown;
    try {
      contracts.parseMessage(contracts.ocrJobMessageSchema, '{"card": 4111 1111');
    } catch (error) {
      caught = error;
    }
    expect(contracts.isSlipstreamError(caught, 'MESSAGE_INVALID')).toBe(true);
    expect(JSON.stringify({ ...(caught as object), message: String(caught) })).not.toContain('4111');
  });

  it('decodes the keys of S3 events, and refuses what is not encoded', () => {
    expect(contracts.decodeEventKey('raw/a+b%2Bc')).toBe('raw/a b+c');
    expect(() => contracts.decodeEventKey('raw/%zz')).toThrow(contracts.SlipstreamError);
  });
});
