/**
 * The steps of the schema, oldest first; step n makes version n of version n − 1. A step that was released is never
 * edited: folders out there were made by it. All times are epoch milliseconds unless the name says otherwise.
 *
 * Texts compare byte by byte in UTF-8 (SQLite's BINARY collation), which is the order of DynamoDB and S3.
 */
export const SCHEMA_STEPS: readonly string[] = [
  `
  CREATE TABLE records (
    pk TEXT NOT NULL,
    sk TEXT NOT NULL,
    gsi1pk TEXT,
    gsi1sk TEXT,
    expires_at_s INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (pk, sk)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX records_by_gsi1 ON records (gsi1pk, gsi1sk, pk, sk) WHERE gsi1pk IS NOT NULL;
  CREATE INDEX records_by_expiry ON records (expires_at_s) WHERE expires_at_s IS NOT NULL;

  CREATE TABLE changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    pk TEXT NOT NULL,
    sk TEXT NOT NULL,
    before TEXT,
    after TEXT
  ) STRICT;
  CREATE TABLE change_readers (
    reader TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    correlation_id TEXT,
    sent_at_ms INTEGER NOT NULL,
    visible_at_ms INTEGER NOT NULL,
    received_at_ms INTEGER,
    receive_count INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX messages_by_visibility ON messages (queue, visible_at_ms, sequence);

  CREATE TABLE dead_letters (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    correlation_id TEXT,
    reason TEXT,
    receive_count INTEGER NOT NULL,
    dead_at_ms INTEGER NOT NULL,
    UNIQUE (queue, id)
  ) STRICT;

  CREATE TABLE objects (
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    blob TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    content_type TEXT,
    modified_at_ms INTEGER NOT NULL,
    PRIMARY KEY (bucket, key)
  ) STRICT, WITHOUT ROWID;
  `,
  // How long a queue is and how old its oldest message is, without counting: totals are kept by triggers, in the
  // transaction that changes the messages. These lie in the order of their queue now, numbered there, so that a send
  // touches three pages instead of five.
  `
  CREATE TABLE queue_counts (
    queue TEXT PRIMARY KEY,
    sent INTEGER NOT NULL,
    live INTEGER NOT NULL CHECK (live >= 0),
    dead INTEGER NOT NULL CHECK (dead >= 0)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO queue_counts (queue, sent, live, dead)
    SELECT queue, max(sent), sum(live), sum(dead)
    FROM (
      SELECT queue, sequence AS sent, 1 AS live, 0 AS dead FROM messages
      UNION ALL SELECT queue, 0, 0, 1 FROM dead_letters
    )
    GROUP BY queue;

  ALTER TABLE messages RENAME TO messages_v1;
  CREATE TABLE messages (
    queue TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    correlation_id TEXT,
    sent_at_ms INTEGER NOT NULL,
    visible_at_ms INTEGER NOT NULL,
    received_at_ms INTEGER,
    receive_count INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (queue, sequence)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO messages
    SELECT queue, sequence, id, body, correlation_id, sent_at_ms, visible_at_ms, received_at_ms, receive_count
    FROM messages_v1;
  DROP TABLE messages_v1;
  CREATE INDEX messages_by_visibility ON messages (queue, visible_at_ms, sequence, received_at_ms);
  CREATE INDEX dead_letters_by_age ON dead_letters (queue, sequence);

  CREATE TRIGGER message_removed AFTER DELETE ON messages BEGIN
    UPDATE queue_counts SET live = live - 1 WHERE queue = OLD.queue;
  END;
  CREATE TRIGGER dead_letter_added AFTER INSERT ON dead_letters BEGIN
    INSERT INTO queue_counts (queue, sent, live, dead) VALUES (NEW.queue, 0, 0, 1)
      ON CONFLICT (queue) DO UPDATE SET dead = dead + 1;
  END;
  CREATE TRIGGER dead_letter_removed AFTER DELETE ON dead_letters BEGIN
    UPDATE queue_counts SET dead = dead - 1 WHERE queue = OLD.queue;
  END;
  `,
  // Bytes of small objects: beside their row they need no file, no flush of their own, and no folder's. Not in the
  // objects' own rows, so that a listing does not read past them.
  `
  CREATE TABLE small_blobs (
    blob TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
  ) STRICT;
  `,
  // Which folder of objects the database belongs to; which files it let go of, so that a file is only ever removed for
  // what the database says and never for what it does not say; and when a message's time was set, so that a clock that
  // is set back moves it along.
  `
  CREATE TABLE folder (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL
  ) STRICT;
  CREATE TABLE discarded_blobs (
    bucket TEXT NOT NULL,
    blob TEXT NOT NULL,
    PRIMARY KEY (bucket, blob)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE messages ADD COLUMN scheduled_at_ms INTEGER;
  `,
];

/**
 * Tables that were added beside the steps: a program that does not know one of them leaves it alone and works on, so
 * that a folder can go back to an earlier release. What it stores there must be harmless where it is missing or stale.
 */
export const TABLES_BESIDE: readonly string[] = [
  // Whether the pages that were freed before deleted rows were overwritten have been overwritten, too.
  `
  CREATE TABLE IF NOT EXISTS erased (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    overwritten_at_ms INTEGER NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE IF NOT EXISTS object_metadata (
    blob TEXT PRIMARY KEY,
    metadata TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
