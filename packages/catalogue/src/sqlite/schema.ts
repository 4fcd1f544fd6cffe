/** Of the tables below; another version has files of its own, so that two releases can work on one data folder. */
export const SCHEMA_VERSION = 1;

/**
 * Tables begin with `c_`; the views are what is documented for others. `rank` columns order what has no value as the
 * lowest. Amounts: see `micros.ts`. Text of a receipt stands once, as the words that it is found by.
 *
 * Deleted rows have to be gone: `secure_delete` overwrites what is freed, and FTS5 has a setting of its own for the
 * same, without which a deleted word stays in its index until a merge.
 */
export const SCHEMA = `
CREATE TABLE c_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE c_receipts (
  id INTEGER PRIMARY KEY,
  image_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  status TEXT NOT NULL,
  date TEXT,
  date_rank TEXT NOT NULL,
  time TEXT,
  currency TEXT,
  total TEXT,
  total_whole INTEGER,
  total_micro INTEGER,
  total_rank INTEGER NOT NULL,
  micro_rank INTEGER NOT NULL,
  printed_name TEXT,
  merchant_id TEXT,
  merchant_key TEXT NOT NULL,
  category_id TEXT,
  is_degraded INTEGER NOT NULL,
  confidence REAL NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (image_id, receipt_id)
) STRICT;
CREATE INDEX c_receipts_by_date ON c_receipts
  (owner_id, date_rank, image_id, receipt_id, currency, total_whole, total_micro);
CREATE INDEX c_receipts_by_total ON c_receipts (owner_id, total_rank, micro_rank, image_id, receipt_id);
CREATE INDEX c_receipts_by_merchant ON c_receipts
  (owner_id, merchant_key, image_id, receipt_id, merchant_id, currency, total_whole, total_micro);
CREATE INDEX c_receipts_by_merchant_id ON c_receipts (merchant_id) WHERE merchant_id IS NOT NULL;
CREATE TABLE c_items (
  receipt INTEGER NOT NULL REFERENCES c_receipts (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  description TEXT,
  quantity TEXT,
  unit_price TEXT,
  amount TEXT,
  amount_whole INTEGER,
  amount_micro INTEGER,
  category_id TEXT,
  PRIMARY KEY (receipt, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX c_items_by_category ON c_items (category_id, receipt) WHERE category_id IS NOT NULL;
CREATE TABLE c_taxes (
  receipt INTEGER NOT NULL REFERENCES c_receipts (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  label TEXT,
  rate TEXT,
  amount TEXT,
  amount_whole INTEGER,
  amount_micro INTEGER,
  PRIMARY KEY (receipt, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE c_tags (
  receipt INTEGER NOT NULL REFERENCES c_receipts (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (receipt, tag)
) STRICT, WITHOUT ROWID;
CREATE TABLE c_merchants (
  merchant_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE c_removed (
  image_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  removed_at TEXT NOT NULL,
  PRIMARY KEY (image_id, receipt_id)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE c_words USING fts5(name, body, tokenize = 'ascii', detail = 'none', columnsize = 0);
INSERT INTO c_words (c_words, rank) VALUES ('secure-delete', 1);
CREATE TABLE c_vocabulary (
  id INTEGER PRIMARY KEY,
  owner_id TEXT NOT NULL,
  term TEXT NOT NULL,
  receipts INTEGER NOT NULL,
  UNIQUE (owner_id, term)
) STRICT;
CREATE TABLE c_grams (gram TEXT NOT NULL, term INTEGER NOT NULL, PRIMARY KEY (gram, term)) STRICT, WITHOUT ROWID;

CREATE VIEW merchants AS SELECT merchant_id, name FROM c_merchants;
CREATE VIEW receipts AS
  SELECT r.owner_id, r.image_id, r.receipt_id, r.revision, r.status, r.date, r.time,
    coalesce(m.name, r.printed_name) AS merchant, r.printed_name, r.merchant_id, r.currency,
    r.total_whole + r.total_micro / 1000000.0 AS total, r.category_id, r.is_degraded, r.confidence, r.created_at, r.updated_at
  FROM c_receipts r LEFT JOIN c_merchants m ON m.merchant_id = r.merchant_id;
CREATE VIEW line_items AS
  SELECT r.owner_id, r.image_id, r.receipt_id, i.position, i.description, i.quantity, i.unit_price,
    i.amount_whole + i.amount_micro / 1000000.0 AS amount, r.currency, r.date, i.category_id
  FROM c_items i JOIN c_receipts r ON r.id = i.receipt;
CREATE VIEW taxes AS
  SELECT r.owner_id, r.image_id, r.receipt_id, t.position, t.label, t.rate,
    t.amount_whole + t.amount_micro / 1000000.0 AS amount, r.currency, r.date
  FROM c_taxes t JOIN c_receipts r ON r.id = t.receipt;
CREATE VIEW tags AS
  SELECT r.owner_id, r.image_id, r.receipt_id, t.tag FROM c_tags t JOIN c_receipts r ON r.id = t.receipt;
`;

/** Of each connection. FULL: what is acknowledged is on the disk. */
export const PRAGMAS = [
  'PRAGMA synchronous = FULL',
  'PRAGMA fullfsync = ON',
  'PRAGMA secure_delete = ON',
  'PRAGMA foreign_keys = ON',
  'PRAGMA cache_size = -32000',
  'PRAGMA temp_store = MEMORY',
  'PRAGMA journal_size_limit = 67108864',
];
