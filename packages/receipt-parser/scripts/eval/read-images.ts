import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type OcrDocument, ocrDocumentSchema } from '@slipstream/shared';
import { imageOf, type KeyedReceipt, readKey } from './receipts-folder.ts';

const run = promisify(execFile);
const AGENT_FOLDER = path.join(import.meta.dirname, '../../../../apps/ocr-agent');
/** The built program, else its source; both are started the same way. */
const PROGRAMS = [path.join(AGENT_FOLDER, 'dist/receipt-ocr.js'), path.join(AGENT_FOLDER, 'src/receipt-ocr.ts')];
/** One page of OCR as JSON is well below this. */
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const IMAGE_TIMEOUT_MS = 120_000;

/** Reads every keyed image of a folder with the OCR agent's one-shot program, one at a time. */
export async function keyedImages(
  images_dir: string,
  keys_dir: string,
  onRead: (id: string, done: number, of: number) => void,
): Promise<KeyedReceipt[]> {
  const program = PROGRAMS.find((file) => existsSync(file));
  if (program === undefined)
    throw new Error(
      'The OCR agent is not there: neither apps/ocr-agent/dist/receipt-ocr.js nor its source was found. Run `npm run build`.',
    );
  const ids = [...new Set(readdirSync(images_dir).map((name) => path.parse(name).name))].sort();
  const receipts: KeyedReceipt[] = [];
  for (const id of ids) {
    const key = readKey(keys_dir, id);
    const image = imageOf(images_dir, id);
    if (key === null || image === null) continue;
    receipts.push({ id, document: await readImage(program, image), key, image });
    onRead(id, receipts.length, ids.length);
  }
  return receipts;
}

async function readImage(program: string, image: string): Promise<OcrDocument> {
  const { stdout } = await run(process.execPath, [program, 'image', image, '--json'], {
    maxBuffer: OUTPUT_BYTES_MAX,
    timeout: IMAGE_TIMEOUT_MS,
  });
  return ocrDocumentSchema.parse(JSON.parse(stdout));
}
