import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type OcrDocument, ocrDocumentSchema } from '@slipstream/shared';
import { z } from 'zod';
import { imageOf, type KeyedReceipt, readKey } from './receipts-folder.ts';

const run = promisify(execFile);
const AGENT_FOLDER = path.join(import.meta.dirname, '../../../../apps/ocr-agent');
/** The built program, else its source; both are started the same way. */
const PROGRAMS = [path.join(AGENT_FOLDER, 'dist/receipt-ocr.js'), path.join(AGENT_FOLDER, 'src/receipt-ocr.ts')];
/** Images read by one run of the program: its engine starts once a run. */
const BATCH = 8;
/** Eight pages of OCR as JSON are well below this. */
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;
const BATCH_TIMEOUT_MS = 10 * 60_000;

/** What the program prints for each image: its document, or why there is none. */
const outputSchema = z.array(
  z.object({
    file: z.string(),
    document: ocrDocumentSchema.optional(),
    error: z.object({ message: z.string() }).optional(),
  }),
);

/**
 * Reads every keyed image of a folder with the OCR agent's one-shot program. Where `kept_dir` is given, what was read is
 * kept there, and an image whose document is there already is not read again.
 */
export async function keyedImages(
  images_dir: string,
  keys_dir: string,
  kept_dir: string | null,
  onRead: (done: number, of: number) => void,
): Promise<KeyedReceipt[]> {
  const program = PROGRAMS.find((file) => existsSync(file));
  if (program === undefined) {
    throw new Error(
      'The OCR agent is not there: neither apps/ocr-agent/dist/receipt-ocr.js nor its source was found. Run `npm run build`.',
    );
  }
  const keyed = [...new Set(readdirSync(images_dir).map((name) => path.parse(name).name))].sort().flatMap((id) => {
    const key = readKey(keys_dir, id);
    const image = imageOf(images_dir, id);
    return key === null || image === null ? [] : [{ id, key, image }];
  });
  const documents = keptDocuments(
    kept_dir,
    keyed.map(({ id }) => id),
  );
  const unread = keyed.filter(({ id }) => !documents.has(id));
  for (let from = 0; from < unread.length; from += BATCH) {
    const batch = unread.slice(from, from + BATCH);
    const read = await readImages(
      program,
      batch.map(({ image }) => image),
    );
    for (const { id, image } of batch) {
      const document = read.get(image);
      if (document === undefined) throw new Error(`The OCR agent printed nothing for ${image}.`);
      documents.set(id, document);
      if (kept_dir !== null) writeFileSync(path.join(kept_dir, `${id}.json`), JSON.stringify(document));
    }
    onRead(Math.min(from + BATCH, unread.length), unread.length);
  }
  return keyed.flatMap(({ id, key, image }): KeyedReceipt[] => {
    const document = documents.get(id);
    return document === undefined ? [] : [{ id, document, key, image }];
  });
}

/** The documents of earlier runs, by the image's name without its extension. */
function keptDocuments(kept_dir: string | null, ids: readonly string[]): Map<string, OcrDocument> {
  if (kept_dir === null) return new Map();
  mkdirSync(kept_dir, { recursive: true });
  return new Map(
    ids.flatMap((id) => {
      const file = path.join(kept_dir, `${id}.json`);
      return existsSync(file) ? [[id, ocrDocumentSchema.parse(JSON.parse(readFileSync(file, 'utf8')))]] : [];
    }),
  );
}

async function readImages(program: string, images: readonly string[]): Promise<Map<string, OcrDocument>> {
  const { stdout } = await run(process.execPath, [program, ...images, '--json'], {
    maxBuffer: OUTPUT_BYTES_MAX,
    timeout: BATCH_TIMEOUT_MS,
  });
  return new Map(
    outputSchema.parse(JSON.parse(stdout)).map(({ file, document, error }) => {
      if (document === undefined)
        throw new Error(`The OCR agent could not read ${file}: ${error?.message ?? 'no reason was given'}`);
      return [file, document];
    }),
  );
}
