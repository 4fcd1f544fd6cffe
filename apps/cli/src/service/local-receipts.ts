import { randomUUID } from 'node:crypto';
import {
  changeView,
  dropFailure,
  endedImages,
  failedImages,
  findReceipts,
  imageView,
  jobView,
  needsCatalogue,
  receiptDetail,
  receiptViews,
} from '@slipstream/api';
import { deleteImage, finishDeletion } from '@slipstream/pipeline/delete-image';
import { saveReview } from '@slipstream/pipeline/review-receipt';
import { LOCAL_SENDER, submitImage } from '@slipstream/records';
import { firstItems } from '@slipstream/runtime';
import { LOCAL_CALLER as CALLER, DEFAULT_OWNER, SlipstreamError } from '@slipstream/shared';
import { HOME_DELETION_TIMING } from '../home/deletion-timing.ts';
import { isDevLive } from '../home/dev-marker.ts';
import { openHomeCatalogue, readyCatalogue } from '../home/home-catalogue.ts';
import type { Home } from '../home/open-home.ts';
import { recordsDirectory } from '../references/image-directory.ts';
import { homeRows } from '../references/remembered-rows.ts';
import { deadLetters, reasonCode } from './dead-letters.ts';
import type { Failure, Original, ReceiptsService } from './receipts-service.ts';
import { reprocessImage } from './reprocess-image.ts';

type ListOptions = Parameters<Home['receipts']['list']>[0];

const POLL_MS = 100;
const PAGE_ROWS = 1_000;

/** Over the embedded home, which has one caller; closing it closes the home. */
export function localReceipts(home: Home): ReceiptsService {
  const catalogue = openHomeCatalogue(home, { inProcess: true });
  const ready = () => readyCatalogue(home, catalogue);
  return {
    ...recordsDirectory(home, home.dataDir, homeRows(home.dataDir)),
    poll_ms: POLL_MS,
    idleNote: isDevLive(home.dataDir, home.store.folderId) ? null : 'They wait until slipstream dev runs.',
    submit: (file) => submitImage(home, { ...file, ...LOCAL_SENDER }),
    image: async (imageId) => {
      const current = await home.jobs.current(imageId);
      if (!current) return null;
      const upload = await home.uploads.get(imageId, CALLER);
      const receipts = await receiptViews(home, await home.receipts.ofImage(imageId), CALLER);
      return imageView(current.image, upload, current.job, receipts);
    },
    receipt: async (imageId, receiptId) => {
      const record = await home.receipts.get(imageId, receiptId);
      return record && receiptDetail(home, record, CALLER);
    },
    receipts: async (query) => {
      const catalogue = needsCatalogue(query) || query.merchant !== undefined ? await ready() : null;
      const finders = {
        receipts: home.receipts,
        catalogue,
        list: (options: ListOptions) => home.receipts.list(options),
      };
      const { items, cursor } = await findReceipts(finders, DEFAULT_OWNER, query);
      return { receipts: await receiptViews(home, items, CALLER), cursor };
    },
    spending: async ({ by, limit, ...filters }) => {
      const { rows, ...rest } = await (await ready()).spending(DEFAULT_OWNER, { ...filters, by, limit });
      return { rows: [...rows], ...rest };
    },
    images: (query) => endedImages(home, CALLER, query),
    failures: async (limit) => [...(await failedJobs(home, limit)), ...(await givenUp(home, limit))].slice(0, limit),
    waiting: () => imagesOnTheirWay(home),
    original: (imageId) => original(home, imageId),
    dropFailure: (imageId) => dropFailure(home, CALLER, imageId),
    reprocess: async (imageId) => jobView(await reprocessImage(home, imageId, randomUUID())),
    review: async (image_id, receipt_id, review) => {
      const by = { changed_by: CALLER, source: 'cli' as const };
      const saved = await saveReview(home, { image_id, receipt_id, ...review, ...by });
      return receiptDetail(home, saved, CALLER);
    },
    history: async (imageId, receiptId) => {
      const { items } = await home.changes.ofReceipt(imageId, receiptId, { limit: PAGE_ROWS });
      return items.map(changeView);
    },
    deleteImage: async (imageId) => {
      const outcome = await deleteImage(home, CALLER, imageId);
      if (outcome.kind !== 'deleting') return outcome.kind === 'released' ? 'deleted' : null;
      return (await finishDeletion(home, outcome.deletion, HOME_DELETION_TIMING)) ? 'deleted' : 'deleting';
    },
    home,
    close: async () => {
      await catalogue.close();
      await home.close();
    },
  };
}

/** Those that are taken in and have not ended, and the uploads that are not taken in yet. */
async function imagesOnTheirWay({ jobs, queues }: Home): Promise<number> {
  const pages = await Promise.all(
    (['PENDING', 'RUNNING', 'OCR_DONE'] as const).map((status) => jobs.list(status, { limit: PAGE_ROWS })),
  );
  const uploads = await queues['uploads-queue'].depth();
  return pages.reduce((sum, { items }) => sum + items.length, uploads.ready + uploads.inFlight + uploads.delayed);
}

async function original(home: Home, imageId: string): Promise<Original> {
  const current = await home.jobs.current(imageId);
  if (!current)
    throw new SlipstreamError(
      'NOT_FOUND',
      `There is no image ${imageId} in ${home.dataDir}; slipstream list shows them.`,
    );
  const [upload, { body }] = await Promise.all([home.uploads.get(imageId, CALLER), home.raw.get(current.image.s3_key)]);
  const bytes = Buffer.concat(await Array.fromAsync(body));
  return { bytes, content_type: current.image.content_type ?? null, file_name: upload?.file_name ?? null };
}

async function failedJobs(home: Home, limit: number): Promise<readonly Failure[]> {
  const { items } = await firstItems(limit, async (after) => {
    const { failures, cursor } = await failedImages(home, CALLER, { limit, cursor: after });
    return { items: failures, cursor };
  });
  return items.map(({ image_id, file_name, reason, failed_at }) => ({
    kind: 'job',
    id: image_id,
    file: file_name,
    queue: null,
    ...reason,
    at: failed_at,
  }));
}

async function givenUp(home: Home, limit: number): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for await (const { queue, letter } of deadLetters(home)) {
    if (failures.length >= limit) break;
    failures.push({
      kind: 'dead letter',
      id: letter.id,
      file: null,
      queue,
      code: reasonCode(letter),
      message: letter.reason?.message ?? `It was received ${letter.receiveCount} times without success.`,
      at: new Date(letter.deadAt).toISOString(),
    });
  }
  return failures;
}
