import { splitAmount } from '../money/micros.ts';
import type { CatalogueChange, CatalogueMerchant, CatalogueReceipt } from '../port/change.ts';
import { NO_DATE_RANK, NO_TOTAL_RANK } from '../sql/ranks.ts';
import { documentWords } from '../words/document-words.ts';
import { gramsOf } from '../words/expansion.ts';
import { isSpelled, nameKey, termsOf } from '../words/terms.ts';
import type { Database, Row } from './database.ts';

/** In a transaction of the caller's. */
export function write(database: Database, change: CatalogueChange): void {
  switch (change.kind) {
    case 'receipt':
      writeReceipt(database, change.receipt);
      break;
    case 'removed':
      remove(database, change);
      break;
    case 'merchant':
      writeMerchant(database, change.merchant);
  }
}

export function removeImage(database: Database, imageId: string, revision: number, removed_at: string): void {
  const rows = database.all('SELECT receipt_id FROM c_receipts WHERE image_id = ?', imageId);
  for (const { receipt_id } of rows)
    remove(database, { image_id: imageId, receipt_id: String(receipt_id), revision, removed_at });
}

function writeReceipt(database: Database, receipt: CatalogueReceipt): void {
  const { image_id, receipt_id, owner_id, revision } = receipt;
  const stored = storedReceipt(database, image_id, receipt_id);
  // One that was made after the other was removed is another receipt, whose revisions begin anew.
  if (stored && Number(stored.revision) >= revision && String(stored.created_at) >= receipt.created_at) return;
  const gone = database.get('SELECT * FROM c_removed WHERE image_id = ? AND receipt_id = ?', image_id, receipt_id);
  if (gone && Number(gone.revision) >= revision && String(gone.removed_at) >= receipt.created_at) return;
  if (gone) database.run('DELETE FROM c_removed WHERE image_id = ? AND receipt_id = ?', image_id, receipt_id);
  if (stored) erase(database, stored);
  if (receipt.merchant) writeMerchant(database, receipt.merchant);
  const known = receipt.merchant && merchantName(database, receipt.merchant.merchant_id);
  const total = receipt.total === null ? null : splitAmount(receipt.total);
  const id = database.insert(
    `INSERT INTO c_receipts (image_id, receipt_id, owner_id, revision, status, date, date_rank, time, currency, total,
       total_whole, total_micro, total_rank, micro_rank, printed_name, merchant_id, merchant_key, category_id, is_degraded,
       confidence, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    image_id,
    receipt_id,
    owner_id,
    revision,
    receipt.status,
    receipt.date,
    receipt.date ?? NO_DATE_RANK,
    receipt.time,
    receipt.currency,
    receipt.total,
    total?.whole ?? null,
    total?.micro ?? null,
    total?.whole ?? NO_TOTAL_RANK,
    total?.micro ?? 0,
    receipt.printed_name,
    receipt.merchant?.merchant_id ?? null,
    nameKey(known ?? receipt.printed_name ?? ''),
    receipt.category_id,
    receipt.is_degraded ? 1 : 0,
    receipt.confidence,
    receipt.created_at,
    receipt.updated_at,
  );
  writeParts(database, id, receipt);
  const words = { name: termsOf(`${known ?? ''} ${receipt.printed_name ?? ''}`), body: documentWords(receipt) };
  database.run('INSERT INTO c_words (rowid, name, body) VALUES (?, ?, ?)', id, joined(words.name), joined(words.body));
  countWords(database, owner_id, spelled(words.name, words.body));
}

function writeParts(database: Database, id: number, { line_items, taxes, tags }: CatalogueReceipt): void {
  line_items.forEach((item, position) => {
    const amount = item.amount === null ? null : splitAmount(item.amount);
    database.run(
      'INSERT INTO c_items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      position + 1,
      item.description,
      item.quantity,
      item.unit_price,
      item.amount,
      amount?.whole ?? null,
      amount?.micro ?? null,
      item.category_id,
    );
  });
  taxes.forEach((tax, position) => {
    const amount = tax.amount === null ? null : splitAmount(tax.amount);
    database.run(
      'INSERT INTO c_taxes VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      position + 1,
      tax.label,
      tax.rate,
      tax.amount,
      amount?.whole ?? null,
      amount?.micro ?? null,
    );
  });
  for (const tag of new Set(tags)) database.run('INSERT INTO c_tags VALUES (?, ?)', id, tag);
}

function remove(
  database: Database,
  {
    image_id,
    receipt_id,
    revision,
    removed_at,
  }: Omit<Extract<CatalogueChange, { kind: 'removed' }>, 'kind' | 'owner_id'>,
): void {
  const stored = storedReceipt(database, image_id, receipt_id);
  if (stored && (Number(stored.revision) > revision || String(stored.created_at) > removed_at)) return;
  if (stored) erase(database, stored);
  database.run(
    `INSERT INTO c_removed VALUES (?, ?, ?, ?) ON CONFLICT (image_id, receipt_id) DO UPDATE
     SET revision = max(revision, excluded.revision), removed_at = max(removed_at, excluded.removed_at)`,
    image_id,
    receipt_id,
    revision,
    removed_at,
  );
}

/** A new name is found at once, in every receipt of the merchant's. */
function writeMerchant(database: Database, { merchant_id, name, revision }: CatalogueMerchant): void {
  const before = database.get('SELECT name, revision FROM c_merchants WHERE merchant_id = ?', merchant_id);
  if (before && Number(before.revision) >= revision) return;
  database.run(
    `INSERT INTO c_merchants VALUES (?, ?, ?)
     ON CONFLICT (merchant_id) DO UPDATE SET name = excluded.name, revision = excluded.revision`,
    merchant_id,
    name,
    revision,
  );
  if (!before || before.name === name) return;
  const key = nameKey(name);
  const receipts = database.all('SELECT id, owner_id, printed_name FROM c_receipts WHERE merchant_id = ?', merchant_id);
  for (const { id, owner_id, printed_name } of receipts) {
    const words = wordsOf(database, Number(id));
    const names = termsOf(`${name} ${printed_name ?? ''}`);
    recountWords(database, String(owner_id), spelled(words.name, words.body), spelled(names, words.body));
    database.run('UPDATE c_words SET name = ? WHERE rowid = ?', joined(names), Number(id));
    database.run('UPDATE c_receipts SET merchant_key = ? WHERE id = ?', key, Number(id));
  }
}

function erase(database: Database, { id, owner_id }: Row): void {
  const rowid = Number(id);
  const words = wordsOf(database, rowid);
  recountWords(database, String(owner_id), spelled(words.name, words.body), new Set());
  database.run('DELETE FROM c_words WHERE rowid = ?', rowid);
  database.run('DELETE FROM c_receipts WHERE id = ?', rowid);
}

function storedReceipt(database: Database, imageId: string, receiptId: string): Row | null {
  return database.get(
    'SELECT id, owner_id, revision, created_at FROM c_receipts WHERE image_id = ? AND receipt_id = ?',
    imageId,
    receiptId,
  );
}

function merchantName(database: Database, merchantId: string): string | null {
  const name = database.get('SELECT name FROM c_merchants WHERE merchant_id = ?', merchantId)?.name;
  return name === undefined ? null : String(name);
}

function wordsOf(database: Database, id: number): { readonly name: string[]; readonly body: string[] } {
  const row = database.get('SELECT name, body FROM c_words WHERE rowid = ?', id);
  const words = (text: unknown) => (text ? String(text).split(' ') : []);
  return { name: words(row?.name), body: words(row?.body) };
}

const joined = (terms: readonly string[]): string => [...new Set(terms)].join(' ');
const spelled = (...terms: readonly (readonly string[])[]): ReadonlySet<string> =>
  new Set(terms.flat().filter(isSpelled));

function recountWords(
  database: Database,
  ownerId: string,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): void {
  for (const term of without(before, after)) {
    const row = database.get('SELECT id, receipts FROM c_vocabulary WHERE owner_id = ? AND term = ?', ownerId, term);
    if (row === null) continue;
    if (Number(row.receipts) > 1) {
      database.run('UPDATE c_vocabulary SET receipts = receipts - 1 WHERE id = ?', Number(row.id));
      continue;
    }
    for (const gram of gramsOf(term))
      database.run('DELETE FROM c_grams WHERE gram = ? AND term = ?', gram, Number(row.id));
    database.run('DELETE FROM c_vocabulary WHERE id = ?', Number(row.id));
  }
  countWords(database, ownerId, without(after, before));
}

const without = (terms: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...terms].filter((term) => !others.has(term)));

function countWords(database: Database, ownerId: string, terms: ReadonlySet<string>): void {
  for (const term of terms) {
    const known = database.run(
      'UPDATE c_vocabulary SET receipts = receipts + 1 WHERE owner_id = ? AND term = ?',
      ownerId,
      term,
    );
    if (known > 0) continue;
    const id = database.insert('INSERT INTO c_vocabulary (owner_id, term, receipts) VALUES (?, ?, 1)', ownerId, term);
    for (const gram of gramsOf(term)) database.run('INSERT OR IGNORE INTO c_grams VALUES (?, ?)', gram, id);
  }
}
