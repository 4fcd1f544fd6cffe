/** A data folder's schema as version 1 made it, with something in each table. Frozen: never to be brought up to date. */
export const VERSION_1 = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE records (pk TEXT NOT NULL, sk TEXT NOT NULL, gsi1pk TEXT, gsi1sk TEXT, expires_at_s INTEGER,
    body TEXT NOT NULL, PRIMARY KEY (pk, sk)) STRICT, WITHOUT ROWID;
  CREATE INDEX records_by_gsi1 ON records (gsi1pk, gsi1sk, pk, sk) WHERE gsi1pk IS NOT NULL;
  CREATE INDEX records_by_expiry ON records (expires_at_s) WHERE expires_at_s IS NOT NULL;
  CREATE TABLE changes (sequence INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, pk TEXT NOT NULL,
    sk TEXT NOT NULL, before TEXT, after TEXT) STRICT;
  CREATE TABLE change_readers (reader TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE messages (sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL,
    body TEXT NOT NULL, correlation_id TEXT, sent_at_ms INTEGER NOT NULL, visible_at_ms INTEGER NOT NULL,
    received_at_ms INTEGER, receive_count INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX messages_by_visibility ON messages (queue, visible_at_ms, sequence);
  CREATE TABLE dead_letters (sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL,
    body TEXT NOT NULL, correlation_id TEXT, reason TEXT, receive_count INTEGER NOT NULL, dead_at_ms INTEGER NOT NULL,
    UNIQUE (queue, id)) STRICT;
  CREATE TABLE objects (bucket TEXT NOT NULL, key TEXT NOT NULL, blob TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
    content_type TEXT, modified_at_ms INTEGER NOT NULL, PRIMARY KEY (bucket, key)) STRICT, WITHOUT ROWID;

  INSERT INTO records VALUES ('IMAGE#1', 'IMAGE', 'IMAGE', '2026', NULL, '{"pk":"IMAGE#1","sk":"IMAGE","type":"IMAGE","revision":4,"gsi1pk":"IMAGE","gsi1sk":"2026"}');
  INSERT INTO changes (at_ms, pk, sk, before, after) SELECT 1, pk, sk, NULL, body FROM records;
  INSERT INTO change_readers VALUES ('stream-processor', 1);
  INSERT INTO messages (queue, id, body, sent_at_ms, visible_at_ms, received_at_ms, receive_count) VALUES
    ('ocr-queue', 'm1', '{"n":1}', 1, 1, NULL, 0), ('ocr-queue', 'm2', '{"n":2}', 2, 2, 1, 3), ('validate-queue', 'm3', '{"n":3}', 3, 3, NULL, 0);
  INSERT INTO dead_letters (queue, id, body, reason, receive_count, dead_at_ms) VALUES
    ('ocr-queue', 'd1', '{"n":4}', '{"code":"IMAGE_EMPTY","message":"empty"}', 1, 5), ('uploads-queue', 'd2', '{"n":5}', NULL, 100, 6);
  INSERT INTO objects VALUES ('slipstream-raw', 'raw/1', '019b76da-a800-7000-8000-000000000001', 3, 'image/png', 1767225600000);
  PRAGMA application_id = ${0x534c4950};
  PRAGMA user_version = 1;
`;
