import type { Database } from './database.ts';

/** Whether rows and words agree: what is wrong, in a sentence each. Takes a while on a large catalogue. */
export function check(database: Database): readonly string[] {
  const faults: string[] = [];
  const [sound] = database.all('PRAGMA quick_check(1)');
  if (sound?.quick_check !== 'ok') faults.push(`SQLite finds the file damaged: ${sound?.quick_check}.`);
  try {
    database.run("INSERT INTO c_words (c_words) VALUES ('integrity-check')");
  } catch (thrown) {
    faults.push(
      `The index of words does not agree with its content: ${thrown instanceof Error ? thrown.message : thrown}.`,
    );
  }
  const lacking = count(database, 'SELECT count(*) AS n FROM c_receipts WHERE id NOT IN (SELECT rowid FROM c_words)');
  if (lacking > 0) faults.push(`${lacking} receipts have no words.`);
  const over = count(database, 'SELECT count(*) AS n FROM c_words WHERE rowid NOT IN (SELECT id FROM c_receipts)');
  if (over > 0) faults.push(`Words of ${over} receipts are left that are gone.`);
  const grams = count(database, 'SELECT count(*) AS n FROM c_grams WHERE term NOT IN (SELECT id FROM c_vocabulary)');
  if (grams > 0) faults.push(`${grams} trigrams are left of words that are gone.`);
  return faults;
}

const count = (database: Database, sql: string): number => Number(database.get(sql)?.n);
