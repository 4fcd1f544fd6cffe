import type { ReceiptsService } from '../service/receipts-service.ts';

/** Something that a person should look at. */
export interface Waiting {
  readonly kind: 'receipt' | 'image';
  readonly image_id: string;
  /** null for an image on which no receipt was found. */
  readonly receipt_id: string | null;
  readonly file_name: string | null;
  /** How much a look pays: the amount times the doubt. */
  readonly worth: number;
  readonly reason: { readonly code: string; readonly message: string } | null;
}

const PAGE_ROWS = 200;
const WAITING_MAX = 2_000;
const NO_RECEIPT = { code: 'NO_RECEIPT', message: 'No receipt was found on it.' };

/** Receipts that need review, those first where a look pays most, then images without a receipt, the latest first. */
export async function waitingForReview(service: ReceiptsService): Promise<readonly Waiting[]> {
  const receipts: Waiting[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ReceiptsService['receipts']>> = await service.receipts({
      status: 'NEEDS_REVIEW',
      limit: PAGE_ROWS,
      cursor,
    });
    for (const {
      image_id,
      receipt_id,
      file_name,
      total,
      confidence,
      checks_ok,
      checks_total,
      reason,
    } of page.receipts) {
      const doubt = Math.max(1 - confidence, checks_ok < checks_total ? 0.5 : 0, 0.01);
      // One without a total may be of any amount: it comes with the middle ones.
      const worth = doubt * (total === null ? 20 : Math.abs(Number(total)));
      receipts.push({ kind: 'receipt', image_id, receipt_id, file_name, worth, reason });
    }
    cursor = page.cursor;
  } while (cursor !== null && receipts.length < WAITING_MAX);
  const { images } = await service.images({ status: 'NO_RECEIPT', limit: PAGE_ROWS, cursor: null });
  return [
    ...receipts.sort((one, other) => other.worth - one.worth),
    ...images.map(({ image_id, file_name }): Waiting => {
      return { kind: 'image', image_id, receipt_id: null, file_name, worth: 0, reason: NO_RECEIPT };
    }),
  ];
}
