import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fileNameOf, userFile, writePrivately } from '../remote/user-folder.ts';

/** `IMAGE_ID` or `IMAGE_ID/00001`, in the order in which they were listed. */
const rowsSchema = z.array(z.string().max(100)).max(1_000);

/** Of a data folder; of a stack. */
export const homeRows = (dataDir: string) => new RememberedRows(join(dataDir, 'last-list.json'));
export const stackRows = (name: string) => new RememberedRows(userFile('last-list', `${fileNameOf(name)}.json`));

/** The rows of the latest list, so that `slipstream show 3` means the third of them. */
export class RememberedRows {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  remember(rows: readonly string[]): void {
    if (rows.length === 0) return; // an empty list leaves nothing that a number could mean
    try {
      writePrivately(this.#path, `${JSON.stringify(rows)}\n`);
    } catch {
      // A folder that may only be read is listed all the same; the next `show 3` counts in a new list.
    }
  }

  /** null where nothing was listed yet. */
  read(): readonly string[] | null {
    try {
      return rowsSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      return null;
    }
  }
}
