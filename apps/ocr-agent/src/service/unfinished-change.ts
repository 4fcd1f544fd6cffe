import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { replaceFile } from '@slipstream/service';
import { z } from 'zod';

const changeSchema = z.object({
  kind: z.enum(['install', 'rollback']),
  /** What the links are to name. */
  current: z.string().nullable(),
  previous: z.string().nullable(),
});

export type Change = z.infer<typeof changeSchema>;

/**
 * A change of what the service runs, written down before its first step and forgotten after its last, the restart. So a
 * verb that is killed in between is carried through by the next one, which else would find everything as it should be
 * and leave the old version, or the old settings, running.
 */
export class UnfinishedChange {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** null: the last change was carried through. */
  read(): Change | null {
    return existsSync(this.#path) ? changeSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8'))) : null;
  }

  begin(change: Change): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    replaceFile(this.#path, JSON.stringify(change));
  }

  finish(): void {
    rmSync(this.#path, { force: true });
  }
}
