import type { ExactKey } from '@slipstream/records';
import { firstItems } from '@slipstream/runtime';
import { type MerchantRecord, type ReceiptRecord, SlipstreamError, styled } from '@slipstream/shared';
import type { Verb, VerbContext } from '@slipstream/terminal';
import { colour, figures, printJson, printLine, printTable } from '@slipstream/terminal';
import type { Operations } from '../home/operations.ts';
import { findReceipt, REFERENCE_ARGUMENT } from '../references/find-image.ts';
import { findMerchant } from '../references/find-merchant.ts';
import { shortIds } from '../references/short-ids.ts';
import { OPERATION_SETTINGS, openOperations } from '../service/open-operations.ts';
import { integerOption } from './receipt-filters.ts';

type MerchantVerb = Verb<(typeof OPERATION_SETTINGS)[number]>;

const LIMIT_MAX = 10_000;
const PAGE = 200;
const ID_ARGUMENT = ['<id>', "The merchant's id; slipstream merchants list shows them"] as const;

export const merchantsListVerb: MerchantVerb = {
  name: 'list',
  summary: 'List the merchants that are known, by name',
  examples: ['slipstream merchants list', 'slipstream merchants list --name coffee --json'],
  options: [
    ['--name <text>', 'Only those whose name has it'],
    ['--limit <n>', 'Rows at most', '100'],
  ],
  settings: OPERATION_SETTINGS,
  run: (context) =>
    withOperations(context, async ({ merchants }) => {
      const { options, json } = context;
      const limit = integerOption('--limit', options.limit, LIMIT_MAX);
      const part = typeof options.name === 'string' ? options.name.toLowerCase() : '';
      // One more than is shown says whether there are more.
      const { items: found } = await firstItems(limit + 1, async (cursor) => {
        const page = await merchants.list({ limit: PAGE, cursor });
        return { ...page, items: page.items.filter(({ name }) => name.toLowerCase().includes(part)) };
      });
      const shown = found.slice(0, limit);
      const more = found.length > limit;
      if (json) printJson({ merchants: shown, more });
      else if (shown.length === 0) printLine(part ? `No merchant's name has "${part}".` : 'No merchants yet.');
      else {
        const idOf = shortIds(shown.map(({ merchant_id }) => merchant_id));
        printTable(
          ['merchant', { title: 'name', min: 20 }, 'since'],
          shown.map(({ merchant_id, name, created_at }) => [idOf(merchant_id), name, created_at.slice(0, 10)]),
        );
      }
      if (more && !json) printLine(colour.dim(`There are more: --limit ${Math.min(LIMIT_MAX, limit * 2)}, or --name.`));
    }),
};

export const merchantsShowVerb: MerchantVerb = {
  name: 'show',
  summary: 'Show a merchant with its names, its keys and its latest receipts',
  examples: ['slipstream merchants show MERCHANT_ID', 'slipstream merchants show MERCHANT_ID --limit 100 --json'],
  args: [ID_ARGUMENT],
  options: [['--limit <n>', 'Receipts at most', '20']],
  settings: OPERATION_SETTINGS,
  run: (context) =>
    withOperations(context, async ({ merchants, merchantReceipts }) => {
      const { args, options, json } = context;
      const limit = integerOption('--limit', options.limit, PAGE);
      const asked = await findMerchant(merchants, args[0] ?? '');
      const merchant = await merchants.find(asked);
      if (merchant === null) throw unknownMerchant(asked);
      const { merchant_id } = merchant;
      const keys = await merchants.keysOf(merchant_id, { limit: PAGE });
      const receipts = await merchantReceipts.list(merchant_id, { limit });
      const merged_from = merchant_id === asked ? null : asked;
      if (json) printJson(merchantJson(merchant, merged_from, keys.items, receipts.items));
      else printMerchant(merchant, merged_from, keys.items, receipts.items);
    }),
};

export const merchantsRenameVerb: MerchantVerb = {
  name: 'rename',
  summary: 'Give a merchant another name; receipts that print the old one are still known',
  examples: ['slipstream merchants rename MERCHANT_ID "Corner Café"'],
  args: [ID_ARGUMENT, ['<name>', 'The new name']],
  settings: OPERATION_SETTINGS,
  run: (context) =>
    withOperations(context, async ({ merchantChanges, merchants }) => {
      const { args, json } = context;
      const asked = await findMerchant(merchants, args[0] ?? '');
      const { merchant_id, name } = await merchantChanges.rename(asked, args[1] ?? '');
      if (json) printJson({ merchant_id, name });
      else printLine(`${merchant_id} is now ${name}`);
    }),
};

export const merchantsMergeVerb: MerchantVerb = {
  name: 'merge',
  summary: 'Make one merchant of two; safe to repeat, also after it was interrupted',
  examples: ['slipstream merchants merge DUPLICATE_ID MERCHANT_ID'],
  args: [
    ['<duplicate>', 'Whose keys and receipts become those of the other'],
    ['<merchant>', 'Which stays'],
  ],
  settings: OPERATION_SETTINGS,
  run: (context) =>
    withOperations(context, async ({ merchantChanges, merchants }) => {
      const { args, json } = context;
      const from = await findMerchant(merchants, args[0] ?? '');
      const into = await findMerchant(merchants, args[1] ?? '');
      const { merchant, keys_moved, receipts_moved } = await merchantChanges.merge(from, into);
      const { merchant_id, name } = merchant;
      if (json) printJson({ merchant_id, name, merged: from, keys_moved, receipts_moved });
      else printLine(`${name} (${merchant_id}) took over. Keys: ${keys_moved}, receipts: ${receipts_moved}.`);
    }),
};

export const merchantsAssignVerb: MerchantVerb = {
  name: 'assign',
  summary: 'Say whose a receipt is, where the machine was unsure or wrong; it stays so when it is read again',
  examples: ['slipstream merchants assign IMAGE_ID/1 MERCHANT_ID'],
  args: [
    ['<receipt>', REFERENCE_ARGUMENT],
    ['<merchant>', "The merchant's id"],
  ],
  settings: OPERATION_SETTINGS,
  run: (context) =>
    withOperations(context, async ({ merchantChanges, merchants, directory }) => {
      const { args, json } = context;
      const { imageId, receiptId } = await findReceipt(directory, args[0] ?? '');
      const asked = await findMerchant(merchants, args[1] ?? '');
      const { merchant_id, name } = await merchantChanges.assign(imageId, receiptId, asked);
      if (json) printJson({ image_id: imageId, receipt_id: receiptId, merchant_id, name });
      else printLine(`${imageId}/${Number(receiptId)} is from ${name}`);
    }),
};

async function withOperations(
  { settings, logger }: Pick<VerbContext<(typeof OPERATION_SETTINGS)[number]>, 'settings' | 'logger'>,
  work: (operations: Operations) => Promise<void>,
): Promise<number> {
  const operations = await openOperations(settings, logger);
  try {
    await work(operations);
    return 0;
  } finally {
    await operations.close();
  }
}

function merchantJson(
  merchant: MerchantRecord,
  merged_from: string | null,
  keys: readonly ExactKey[],
  receipts: readonly ReceiptRecord[],
) {
  const { merchant_id, name, aliases = [], created_at, updated_at } = merchant;
  return {
    merchant_id,
    name,
    aliases,
    merged_from,
    created_at,
    updated_at,
    keys,
    receipts: receipts.map(({ image_id, receipt_id, merchant_name, date, total, currency, match_status }) => ({
      image_id,
      receipt_id,
      merchant_name: name,
      printed_name: merchant_name ?? null,
      date: date ?? null,
      total: total ?? null,
      currency: currency ?? null,
      match_status: match_status ?? null,
    })),
  };
}

function printMerchant(
  { merchant_id, name, aliases = [] }: MerchantRecord,
  merged_from: string | null,
  keys: readonly ExactKey[],
  receipts: readonly ReceiptRecord[],
): void {
  printLine(styled`${colour.bold(name)}  ${merchant_id}`);
  if (merged_from !== null) printLine(colour.dim(`${merged_from} was merged into it.`));
  for (const alias of aliases) printLine(`  also ${alias}`);
  // An address is kept with the letters that engines confuse made one: nobody reads it as it is printed.
  const shown = keys.map(({ kind, value }) => [kind === 'address' ? 'address key' : kind, value] as const);
  for (const [kind, value] of shown) printLine(`  ${kind.padEnd(11)} ${value}`);
  if (receipts.length === 0) return;
  const idOf = shortIds(receipts.map(({ image_id }) => image_id));
  printTable(
    ['receipt', { title: 'printed name', min: 12 }, 'date', figures('total')],
    receipts.map(({ image_id, receipt_id, merchant_name, date, total, currency }) => [
      `${idOf(image_id)}/${Number(receipt_id)}`,
      merchant_name ?? '–',
      date ?? '–',
      `${total ?? '–'} ${currency ?? ''}`.trim(),
    ]),
  );
}

function unknownMerchant(id: string): SlipstreamError {
  return new SlipstreamError('NOT_FOUND', `There is no merchant ${id}; slipstream merchants list shows them.`);
}
