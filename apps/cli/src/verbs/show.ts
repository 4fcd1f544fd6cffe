import { imageView, receiptView } from '@slipstream/lambdas';
import {
  type Receipt,
  receiptIdSchema,
  recordKeys,
  SlipstreamError,
  uploadRecordSchema,
  uuidSchema,
} from '@slipstream/shared';
import { openHome } from '../home/open-home.ts';
import { colour, printable, printJson, printLine, printTable, shorten } from '../output/output.ts';
import type { Verb } from './verb.ts';

export const showVerb: Verb<'data'> = {
  name: 'show',
  summary: 'Show an image with its job and receipts, or one receipt with every field',
  examples: ['slipstream show IMAGE_ID', 'slipstream show IMAGE_ID/1', 'slipstream show IMAGE_ID/1 --json'],
  args: [['<id>', "An image's id; with /1 behind it, its first receipt"]],
  settings: ['data'],
  run: async ({ args, settings, json, logger }) => {
    const { imageId, receiptId } = parseReceiptReference(args[0] ?? '');
    const home = await openHome(settings.data ?? '.', logger);
    try {
      if (receiptId) {
        const record = await home.receipts.get(imageId, receiptId);
        if (!record)
          throw new SlipstreamError('NOT_FOUND', `There is no receipt ${Number(receiptId)} on the image ${imageId}.`);
        const document = await home.receipts.document(record);
        if (json) printJson({ ...receiptView(record), document });
        else printReceipt(document, record.status);
        return 0;
      }
      const current = await home.jobs.current(imageId);
      if (!current)
        throw new SlipstreamError(
          'NOT_FOUND',
          `There is no image ${imageId} in ${home.dataDir}; slipstream list shows what there is.`,
        );
      const upload = await home.records.get(recordKeys.upload(imageId, 'local'));
      const records = await home.receipts.ofImage(imageId);
      const view = imageView(current.image, upload && uploadRecordSchema.parse(upload), current.job, records);
      if (json) {
        printJson(view);
        return 0;
      }
      printLine(
        `${colour.bold(printable(view.file_name ?? 'unnamed'))}  ${view.content_type ?? 'unknown type'}, ${view.size} bytes, job ${view.job.status}`,
      );
      if (view.job.reason) printLine(colour.red(printable(`${view.job.reason.message} (${view.job.reason.code})`)));
      for (const record of records) {
        printLine();
        printReceipt(await home.receipts.document(record), record.status);
      }
      return 0;
    } finally {
      await home.close();
    }
  },
};

/** `IMAGE_ID` or `IMAGE_ID/1`. */
export function parseReceiptReference(text: string): { readonly imageId: string; readonly receiptId: string | null } {
  const [image = '', number, ...rest] = text.split('/');
  const imageId = uuidSchema.safeParse(image);
  const receiptId = number === undefined ? null : number.padStart(5, '0');
  if (!imageId.success || rest.length > 0 || (receiptId !== null && !receiptIdSchema.safeParse(receiptId).success)) {
    throw new SlipstreamError(
      'REQUEST_INVALID',
      `${shorten(text, 60)} is no id; slipstream list shows them (IMAGE_ID, or IMAGE_ID/1 for a receipt).`,
    );
  }
  return { imageId: imageId.data, receiptId };
}

function printReceipt(receipt: Receipt, status: string): void {
  const line = (label: string, field: { value: string; confidence: number } | null) => {
    if (field)
      printLine(
        `  ${label.padEnd(12)} ${printable(field.value)}  ${colour.dim(`${Math.round(field.confidence * 100)} %`)}`,
      );
  };
  printLine(`Receipt ${Number(receipt.receipt_id)}: ${status}`);
  line('merchant', receipt.merchant.name);
  line('address', receipt.merchant.address);
  line('phone', receipt.merchant.phone);
  line('tax id', receipt.merchant.tax_id);
  line('number', receipt.receipt_number);
  line('date', receipt.date);
  line('time', receipt.time);
  line('currency', receipt.currency);
  if (receipt.line_items.length > 0) {
    printTable(
      ['  item', 'quantity', 'price', 'amount'],
      receipt.line_items.map((item) => [
        `  ${item.description?.value ?? ''}`,
        item.quantity?.value ?? '',
        item.unit_price?.value ?? '',
        item.amount?.value ?? '',
      ]),
      [1, 2, 3],
    );
  }
  line('subtotal', receipt.subtotal);
  for (const discount of receipt.discounts) line(discount.label?.value ?? 'discount', discount.amount);
  for (const tax of receipt.taxes) line(shorten(tax.label?.value ?? 'tax', 12), tax.amount);
  line('service', receipt.service_charge);
  line('tip', receipt.tip);
  line('rounding', receipt.rounding);
  line('total', receipt.total);
  line('paid by', receipt.payment.method);
  for (const check of receipt.checks) {
    const mark = check.ok ? colour.green('holds') : colour.red(`fails: ${check.actual} instead of ${check.expected}`);
    printLine(`  check ${check.id}: ${mark}`);
  }
  for (const reason of receipt.reasons) printLine(colour.yellow(printable(`  review: ${reason.message}`)));
}
