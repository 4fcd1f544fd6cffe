import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCAL_SENDER, submitImage } from '@slipstream/records';
import { createLogger } from '@slipstream/runtime';
import { DEFAULT_OWNER, photoHints } from '@slipstream/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHome } from '../src/home/open-home.ts';
import { outcomeLine, outcomeView, photoHintLines } from '../src/output/outcomes.ts';
import type { ImageOutcome } from '../src/service/wait-for-images.ts';

const PROGRAM = fileURLToPath(new URL('../src/slipstream.ts', import.meta.url));
const logger = createLogger({ name: 'test', level: 'silent', destination: { write: () => {} } });

let folder = '';
let imageId = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-outcomes-'));
  const home = await openHome(folder, logger);
  const { jobs, raw } = home;
  const bytes = Buffer.from('a letter');
  imageId = (await submitImage(home, { bytes, file_name: 'letter.png', ...LOCAL_SENDER })).image_id;
  const image = {
    image_id: imageId,
    owner_id: DEFAULT_OWNER,
    s3_bucket: raw.bucket,
    s3_key: `raw/${imageId}`,
    size: bytes.length,
  };
  const { job } = await jobs.create(image, 'c');
  const claim = await jobs.claim(imageId, job.job_id, { owner: 'test', expires_at: Date.now() + 60_000 });
  const published = await jobs.publish(claim.job, 'ocr/x');
  if (published === null) throw new Error('not published');
  expect(await home.receipts.complete(published, [])).toBe('completed');
  await home.callerImages.followImage(null, await jobs.image(imageId));
  await home.close();
});
afterAll(() => rm(folder, { recursive: true }));

const list = (...args: readonly string[]) => slipstream('list', ...args);

function slipstream(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args, '--data', folder], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

it('slipstream status counts the images on which no receipt was found, and says how they are listed', async () => {
  const { out } = await slipstream('status');
  expect(out).toMatch(/no receipt +1 image: slipstream list --status NO_RECEIPT/);
  expect(JSON.parse((await slipstream('status', '--json')).out).images).toMatchObject({ failed: 0, no_receipt: 1 });
});

describe('slipstream list --status NO_RECEIPT', () => {
  it('shows the images on which no receipt was found, and what to do', async () => {
    const { code, out } = await list('--status', 'no_receipt');
    expect(code).toBe(0);
    expect(out).toContain(imageId);
    expect(out).toContain('letter.png');
    expect(out).toContain('slipstream reprocess');
  });

  it('gives them as JSON', async () => {
    expect(JSON.parse((await list('--status', 'NO_RECEIPT', '--json')).out)).toMatchObject({
      images: [{ image_id: imageId, file_name: 'letter.png', status: 'NO_RECEIPT' }],
      more: false,
    });
  });

  it('refuses days, which only receipts print, and states that there are not', async () => {
    const days = await list('--status', 'NO_RECEIPT', '--from', '2026-01-01');
    expect(days.code).not.toBe(0);
    expect(days.err).toContain('--from and --to');
    const unknown = await list('--status', 'LOST');
    expect(unknown.code).not.toBe(0);
    expect(unknown.err).toContain('NO_RECEIPT');
  });
});

describe('the line of a file as it ends', () => {
  const ended = (
    status: 'COMPLETED' | 'FAILED',
    receipts: ImageOutcome['receipts'] = [],
    hints: readonly string[] = [],
  ): ImageOutcome => {
    const now = '2026-03-14T09:26:00.000Z';
    const counts = { generation: 1, attempts: 0, receipt_count: null, reason: null, photo_hints: photoHints(hints) };
    return {
      image_id: imageId,
      job: { job_id: imageId, status, ...counts, created_at: now, updated_at: now },
      receipts,
    };
  };

  const line = (outcome: ImageOutcome) => String(outcomeLine('photos/a.jpg', outcome, 0));

  it('is the file, and that it failed, why, or holds no receipt', () => {
    const failed = ended('FAILED');
    const reason = { code: 'IMAGE_EMPTY', message: 'The file is empty' };
    const job = failed.job && { ...failed.job, reason };
    expect(line({ ...failed, job })).toBe('a.jpg  The file is empty');
    expect(line(ended('COMPLETED'))).toBe('a.jpg  no receipt was found on it');
  });

  it('is whose receipt it is, its total, and whether that is sure', () => {
    const valid = { merchant_name: 'SHOP', total: '9.00', currency: 'MYR', status: 'VALID' };
    const receipts = [valid] as unknown as ImageOutcome['receipts'];
    expect(line(ended('COMPLETED', receipts))).toBe('a.jpg  SHOP  9.00 MYR  valid');
    const doubtful = [{ ...valid, total: null, currency: null, status: 'NEEDS_REVIEW' }, valid];
    expect(line(ended('COMPLETED', doubtful as unknown as ImageOutcome['receipts']))).toBe(
      'a.jpg  SHOP  –  needs review, and 1 receipt more',
    );
  });

  it('and what is wrong with the photograph, with what to do about it', () => {
    const result = { file: 'photos/a.jpg', seconds: 1, outcome: ended('COMPLETED', [], ['PHOTO_BLURRED', 'LATER']) };
    expect(photoHintLines([result])).toEqual([expect.stringMatching(/^a\.jpg: .*blurred: hold still/)]);
    expect(outcomeView(result)).toMatchObject({ status: 'NO_RECEIPT', photo_hints: [{ code: 'PHOTO_BLURRED' }] });
  });
});
