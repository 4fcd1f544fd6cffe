import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf } from '@slipstream/shared';
import { describeOnServer } from '@slipstream/testing/vitest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type HttpFront, serveFunction } from '../../runtime-api/index.ts';
import { type LocalCloud, startCloud } from './cloud/local-cloud.ts';
import {
  expectNothingDead,
  expectOneOutcome,
  SETTLE_MS_MAX,
  untilQueuesAreEmpty,
  untilSettled,
} from './cloud/outcome.ts';

const SAMPLES = fileURLToPath(new URL('../../../../samples/', import.meta.url));
const truthSchema = z.object({ receipt_count: z.int() });
const uploadSchema = z.object({
  upload: z.object({ method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()) }),
});
const listSchema = z.object({ receipts: z.array(z.object({ image_id: z.string() })) });
const names = readdirSync(SAMPLES).filter((name) => name.endsWith('.jpg'));

describeOnServer('the whole flow on bundles and agent', (endpoint) => {
  let cloud: LocalCloud;
  let front: HttpFront;
  beforeAll(async () => {
    cloud = await startCloud(endpoint);
    front = await serveFunction({ target: cloud.functions.api, claimsOf: () => ({ sub: 'anna' }) });
    cloud.startAgent({ engine: 'tesseract' });
  });
  afterAll(async () => {
    await front.close();
    await cloud.stop();
  });

  /** As a client does: small files in the request, bigger ones by a signed PUT. */
  const upload = async (bytes: Buffer, isBig: boolean): Promise<string> => {
    const sha256 = sha256Hex(bytes);
    if (!isBig) {
      const response = await fetch(`${front.url}/images?file_name=a.jpg`, {
        method: 'POST',
        headers: { 'content-type': 'image/jpeg' },
        body: Uint8Array.from(bytes),
      });
      expect(response.status).toBe(202);
      return imageIdOf(sha256, 'anna');
    }
    const response = await fetch(`${front.url}/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sha256, size: bytes.byteLength, type: 'jpeg' }),
    });
    expect(response.status).toBeLessThan(300);
    const { method, url, headers } = uploadSchema.parse(await response.json()).upload;
    expect((await fetch(url, { method, headers, body: Uint8Array.from(bytes) })).status).toBe(200);
    return imageIdOf(sha256, 'anna');
  };

  it('reads every sample, from upload to validated receipt', async () => {
    const imageIds: string[] = [];
    for (const [index, name] of names.entries()) {
      imageIds.push(await upload(readFileSync(`${SAMPLES}${name}`), index % 2 === 1));
    }
    await untilSettled(cloud, imageIds, SETTLE_MS_MAX);
    await untilQueuesAreEmpty(cloud, SETTLE_MS_MAX);
    await expectNothingDead(cloud);
    const withReceipts: string[] = [];
    for (const [index, imageId] of imageIds.entries()) {
      const truth = truthSchema.parse(
        JSON.parse(readFileSync(`${SAMPLES}${names[index]?.replace('.jpg', '.json')}`, 'utf8')),
      );
      const receipts = await expectOneOutcome(cloud, imageId);
      expect(receipts, names[index]).toHaveLength(truth.receipt_count);
      if (receipts.length > 0) withReceipts.push(imageId);
    }
    const response = await fetch(`${front.url}/receipts?limit=50`);
    const { receipts } = listSchema.parse(await response.json());
    expect(new Set(receipts.map(({ image_id }) => image_id))).toEqual(new Set(withReceipts));
  });
});
