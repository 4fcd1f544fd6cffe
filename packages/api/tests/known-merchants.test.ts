import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import {
  CAFE,
  context,
  openTestHome,
  png,
  publish,
  received,
  submit,
  type TestHome,
} from '@slipstream/pipeline/testing';
import { createValidateReceipt } from '@slipstream/pipeline/validate-receipt';
import { LOCAL_GRANT, merchantIdOfKey, type Receipt, type ReceiptRecord } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

const SHOP = merchantIdOfKey('phone', '+441632960123');
const OTHER = merchantIdOfKey('phone', '+441632960124');

let home: TestHome;
let imageId = '';
beforeEach(async () => {
  home = await openTestHome();
  const { merchants } = home;
  await home.records.transact([merchants.createWrite(SHOP, 'Harbour Bakery'), merchants.createWrite(OTHER, 'Zenith')]);
  imageId = await submit(home, png('a'));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  await read();
});
afterEach(() => home.close());

async function read(): Promise<void> {
  const { job_id } = await publish(home, imageId, CAFE);
  await process(job_id);
}
async function process(job_id: string) {
  const message = received('m', JSON.stringify({ image_id: imageId, job_id }));
  return createProcessOcrResults(home, { review_below: 0 })([message], context());
}
async function validate(review_below = 0): Promise<void> {
  const { receipt_id, revision } = await record();
  const message = received('m', JSON.stringify({ image_id: imageId, receipt_id, revision }));
  await createValidateReceipt(home, { review_below })([message], context());
}
async function record(): Promise<ReceiptRecord> {
  const [found] = await home.receipts.ofImage(imageId);
  if (!found) throw new Error('there is no receipt');
  return found;
}
const document = async (): Promise<Receipt> => home.receipts.document(await record());
const assign = (merchantId: string) => home.merchantChanges.assign(imageId, '00001', merchantId);

describe('a receipt that a person assigned', () => {
  it('is from that merchant in its record and in its document', async () => {
    await assign(SHOP);
    expect(await record()).toMatchObject({ merchant_id: SHOP, match_status: 'MATCHED', merchant_assigned: true });
    expect((await document()).merchant_match).toMatchObject({
      merchant_id: SHOP,
      name: 'Harbour Bakery',
      status: 'MATCHED',
      tier: 'person',
    });
    // What is printed stays.
    expect((await document()).merchant.name?.value).toContain('CORNER CAFE');
  });

  it('stays so when it is read again and validated', async () => {
    await assign(SHOP);
    await home.jobs.reprocess(imageId, 'c');
    await read();
    await validate();
    expect(await record()).toMatchObject({ status: 'VALID', merchant_id: SHOP, merchant_assigned: true });
    expect((await document()).merchant_match?.merchant_id).toBe(SHOP);
  });

  it('agrees in record and document, whatever happens at the same time', async () => {
    for (let round = 0; round < 12; round += 1) {
      await home.jobs.reprocess(imageId, 'c');
      const { job_id } = await publish(home, imageId, CAFE);
      const merchant = round % 2 === 0 ? SHOP : OTHER;
      const pause = () => new Promise((resolve) => setTimeout(resolve, (round * 7) % 12));
      await Promise.all([process(job_id), pause().then(() => assign(merchant)), pause().then(() => validate(0.99))]);
      await process(job_id);
      const [stored, { merchant_match, merchant_match: match }] = [await record(), await document()];
      expect(stored).toMatchObject({ merchant_id: merchant, merchant_assigned: true });
      expect(merchant_match?.merchant_id).toBe(merchant);
      expect(match?.status).toBe(stored.match_status);
    }
  });

  it('needs no review for a name that was not read surely, and says nothing of it any more', async () => {
    await home.jobs.reprocess(imageId, 'c');
    await read();
    const stored = await record();
    const read_as = await document();
    const name = read_as.merchant.name && { ...read_as.merchant.name, confidence: 0.1 };
    const merchant = { ...read_as.merchant, name };
    const sure = <F extends object>(field: F | null) => field && { ...field, confidence: 1 };
    const doubtful = { ...read_as, merchant, date: sure(read_as.date), total: sure(read_as.total) };
    const reasons = [{ code: 'MERCHANT_UNSURE', message: 'as a test' }];
    await home.receipts.settle(stored, 'NEEDS_REVIEW', { ...doubtful, reasons, needs_review: true });
    await assign(SHOP);
    expect(await record()).toMatchObject({ status: 'VALID', confidence: 1 });
    expect((await record()).reason_code).toBeUndefined();
    expect(await document()).toMatchObject({ reasons: [], needs_review: false });
  });

  it('is assigned in its record where its document is lost', async () => {
    await home.artifacts.delete((await record()).object_key);
    await assign(SHOP);
    expect(await record()).toMatchObject({ merchant_id: SHOP, merchant_assigned: true });
  });
});

describe('the known name', () => {
  const get = async (path: string) => {
    const api = createApi({ ...home, imageBytesMax: 10_000, grant: () => LOCAL_GRANT });
    return (await api.request(path)).json();
  };
  const summary = async () => ((await get(`/images/${imageId}`)) as { receipts: unknown[] }).receipts[0];
  const detail = () => get(`/receipts/${imageId}/1`);

  it.each<[string, () => Promise<unknown>, string]>([
    ['an assignment', () => assign(SHOP), 'Harbour Bakery'],
    [
      'a rename',
      async () => home.merchantChanges.rename((await record()).merchant_id ?? '', 'The Corner Café'),
      'The Corner Café',
    ],
    ['a merge', async () => home.merchantChanges.merge((await record()).merchant_id ?? '', SHOP), 'Harbour Bakery'],
  ])('is what is shown after %s, with the printed one beside it', async (_, change, name) => {
    const printed = (await document()).merchant.name?.value;
    await change();
    const shown = { merchant_name: name, printed_name: printed };
    expect(await summary()).toMatchObject(shown);
    const { merchant_id } = (await summary()) as { merchant_id: string };
    expect(await detail()).toMatchObject({
      ...shown,
      merchant_id,
      merchant: { merchant_id, name },
      document: { merchant_match: { merchant_id, name } },
    });
  });

  it('was not new, once its merchant was merged into another, also after it is validated', async () => {
    expect((await document()).merchant_match).toMatchObject({ status: 'NEW', tier: 'header' });
    await home.merchantChanges.merge((await record()).merchant_id ?? '', SHOP);
    const merchant_match = {
      status: 'MATCHED',
      tier: 'merge',
      merchant_id: SHOP,
      evidence: [expect.stringContaining('a person merged "')],
    };
    expect(await detail()).toMatchObject({ match_status: 'MATCHED', document: { merchant_match } });
    // As the stream does it, and the merge brought to its end.
    const { merchant_id = '' } = await record();
    await home.merchantReceipts.link(await record());
    await home.merchantChanges.merge(merchant_id, SHOP);
    await validate();
    expect(await record()).toMatchObject({ match_status: 'MATCHED', merchant_id: SHOP });
    expect(await detail()).toMatchObject({ match_status: 'MATCHED', document: { merchant_match } });
  });

  it('is in the reason for which a person should look', async () => {
    await validate(1);
    await home.merchantChanges.rename((await record()).merchant_id ?? '', 'The Corner Café');
    const reasons = (await detail()) as { document: { reasons: { code: string; message: string }[] } };
    const unsure = reasons.document.reasons.find(({ code }) => code === 'MERCHANT_UNSURE');
    expect(unsure?.message).toContain('known as "The Corner Café"');
    expect(unsure?.message).toContain('CORNER CAFE');
  });

  it('is the printed one where no merchant is known', async () => {
    const { pk, sk } = await record();
    await home.records.write({ kind: 'update', key: { pk, sk }, remove: ['merchant_id', 'match_status'] });
    const { merchant_name, printed_name } = (await summary()) as Record<string, string>;
    expect(merchant_name).toBe(printed_name);
  });
});
