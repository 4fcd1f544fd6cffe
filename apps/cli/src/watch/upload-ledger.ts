import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder } from '@slipstream/runtime';
import { z } from 'zod';

const lineSchema = z.object({ path: z.string(), size: z.number(), modified_ms: z.number(), sha256: z.string() });
/** One file as it was when it was uploaded. */
export type UploadedFile = z.infer<typeof lineSchema>;

/**
 * What has been uploaded, one line a file, so that a restart sends nothing again: a file that has not changed is not
 * even read, and the same photograph under another name is not sent. Losing it costs time, never a duplicate: the
 * same bytes are one image.
 */
export class UploadLedger {
  readonly #path: string;
  readonly #files = new Map<string, UploadedFile>();
  readonly #hashes = new Set<string>();

  constructor(path: string) {
    this.#path = path;
    if (!existsSync(path)) return;
    for (const line of readFileSync(path, 'utf8').split('\n')) this.#remember(parse(line));
  }

  isUnchanged(file: Omit<UploadedFile, 'sha256'>): boolean {
    const known = this.#files.get(file.path);
    return known?.size === file.size && known.modified_ms === file.modified_ms;
  }

  hasBytes(sha256: string): boolean {
    return this.#hashes.has(sha256);
  }

  add(file: UploadedFile): void {
    makePrivateFolder(dirname(this.#path));
    appendFileSync(this.#path, `${JSON.stringify(file)}\n`, { mode: 0o600 });
    this.#remember(file);
  }

  #remember(file: UploadedFile | null): void {
    if (file === null) return;
    this.#files.set(file.path, file);
    this.#hashes.add(file.sha256);
  }
}

/** null for a line that a crash cut off: its file is looked at again. */
function parse(line: string): UploadedFile | null {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
