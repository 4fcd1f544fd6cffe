import type { CatalogueChange } from '@slipstream/catalogue';
import {
  type CatalogueMerchantMessage,
  type CatalogueMessage,
  catalogueQueueMessageSchema,
  instant,
  parseMessage,
} from '@slipstream/shared';
import { type MessageHandler, processBatch } from '../work/message-batch.ts';
import { catalogueEntry } from './catalogue-entry.ts';
import type { CataloguePorts, CatalogueSource } from './catalogue-ports.ts';
import { GroupCommit } from './group-commit.ts';

const RESERVE_MS = 2_000;

/**
 * Brings the catalogue to what the records say now: a message only names what changed. Whatever is read is entered by
 * its revision, so that late and repeated messages change nothing.
 */
export function createCatalogue(ports: CataloguePorts): MessageHandler {
  return (messages, invocation) => {
    const commits = new GroupCommit((changes) => ports.catalogue.apply(changes));
    return processBatch(messages, invocation, {
      name: 'catalogue',
      ports,
      dead: ports.queues['catalogue-queue'].dead,
      reserveMs: RESERVE_MS,
      work: async (message) => {
        const ids = parseMessage(catalogueQueueMessageSchema, message.body);
        const change = 'merchant_id' in ids ? await merchantChange(ports, ids) : await receiptChange(ports, ids);
        if (change !== null) await commits.apply(change);
        return { ...ids, change: change?.kind ?? 'none' };
      },
    });
  };
}

/** What the records say of a receipt now. */
export async function receiptChange(
  source: CatalogueSource,
  { owner_id, image_id, receipt_id, revision }: CatalogueMessage,
): Promise<CatalogueChange> {
  const removed_at = instant(source.clock);
  const record = await source.receipts.get(image_id, receipt_id);
  if (record === null) return { kind: 'removed', owner_id, image_id, receipt_id, revision, removed_at };
  return { kind: 'receipt', receipt: await catalogueEntry(source, record) };
}

async function merchantChange(
  { merchants }: CatalogueSource,
  { merchant_id }: CatalogueMerchantMessage,
): Promise<CatalogueChange | null> {
  const merchant = await merchants.get(merchant_id);
  if (merchant === null) return null;
  const { name, revision } = merchant;
  return { kind: 'merchant', merchant: { merchant_id, name, revision } };
}
