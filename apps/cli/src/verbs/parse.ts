import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { explainDocument, parseDocument, sroieBoxesToOcrDocument } from '@slipstream/receipt-parser';
import { readRegularFile } from '@slipstream/runtime';
import {
  imageIdOf,
  isSlipstreamError,
  type OcrDocument,
  ocrDocumentSchema,
  type Receipt,
  SlipstreamError,
} from '@slipstream/shared';
import {
  colour,
  EXIT_FAILED,
  printJson,
  printLine,
  printTable,
  shorten,
  startProgress,
  type Verb,
} from '@slipstream/terminal';
import { printExplanation } from './print-explanation.ts';

export const parseVerb: Verb<'review_below'> = {
  name: 'parse',
  summary: 'Parse OCR documents into receipts, without queues and records',
  examples: [
    'slipstream parse ocr.json',
    'slipstream parse ocr.json --json',
    'slipstream parse ocr.json --explain',
    'slipstream parse --in boxes --out parsed --format sroie',
  ],
  args: [['[file]', 'One OCR document (JSON), or - for standard input']],
  options: [
    ['--in <dir>', 'All documents of a folder'],
    ['--out <dir>', 'Where the receipts go: NAME.json for NAME, one JSON array a document'],
    ['--format <format>', 'slipstream (OCR documents as JSON) or sroie (box files)', 'slipstream'],
    ['--explain', 'The candidates for the total, the sums that were tried, and why one was chosen'],
  ],
  settings: ['review_below'],
  run: async ({ args, options, settings, json }) => {
    const format = formatOf(options.format);
    const { review_below } = settings;
    if (typeof options.in === 'string' && typeof options.out === 'string')
      return parseFolder({ from: options.in, to: options.out, review_below }, format, json);
    const [file] = args;
    if (!file) throw new SlipstreamError('REQUEST_INVALID', 'Name an OCR document, or --in DIR and --out DIR.');
    const text = await readText(file);
    if (options.explain === true) {
      const explained = explainDocument(...parserInput(text, format, review_below));
      if (json) printJson(explained);
      else if (explained.length === 0) printLine('No receipt was found in it.');
      else for (const one of explained) printExplanation(one);
      return 0;
    }
    const receipts = parseText(text, format, review_below);
    if (json) printJson(receipts);
    else printReceipts(receipts);
    return 0;
  },
};

type Format = 'slipstream' | 'sroie';

function formatOf(value: unknown): Format {
  if (value === 'slipstream' || value === 'sroie') return value;
  throw new SlipstreamError('REQUEST_INVALID', `--format takes slipstream or sroie, not ${value}.`);
}

async function parseFolder(
  { from, to, review_below }: { readonly from: string; readonly to: string; readonly review_below: number },
  format: Format,
  json: boolean,
): Promise<number> {
  const extension = format === 'sroie' ? '.csv' : '.json';
  const names = (await readdir(from)).filter((name) => extname(name) === extension).sort();
  if (names.length === 0) throw new SlipstreamError('NOT_FOUND', `There is no ${extension} file in ${from}.`);
  await mkdir(to, { recursive: true });
  const failures: { file: string; message: string }[] = [];
  const progress = startProgress(names.length, 'parsing');
  let receipts = 0;
  for (const [index, name] of names.entries()) {
    try {
      const parsed = parseText(await readTextFile(join(from, name)), format, review_below);
      receipts += parsed.length;
      await writeFile(join(to, `${basename(name, extension)}.json`), `${JSON.stringify(parsed, null, 2)}\n`);
    } catch (error) {
      failures.push({ file: name, message: SlipstreamError.from(error).message });
    }
    progress.update(index + 1, name);
  }
  progress.stop();
  if (json) printJson({ documents: names.length, receipts, failures });
  else {
    printLine(`${names.length} documents, ${receipts} receipts, written to ${to}`);
    for (const { file, message } of failures) printLine(colour.red(`${file}: ${message}`));
  }
  return failures.length === 0 ? 0 : EXIT_FAILED;
}

function parseText(text: string, format: Format, review_below: number): Receipt[] {
  return parseDocument(...parserInput(text, format, review_below));
}

function parserInput(text: string, format: Format, review_below: number): Parameters<typeof parseDocument> {
  const document = format === 'sroie' ? sroieBoxesToOcrDocument(text) : readDocument(text);
  return [document, { image_id: imageIdOf(document.image.sha256), review_below }];
}

function readDocument(text: string): OcrDocument {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SlipstreamError(
      'DOCUMENT_INVALID',
      'The OCR document is not JSON; is it gzipped, or a box file (--format sroie)?',
    );
  }
  const parsed = ocrDocumentSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SlipstreamError(
    'DOCUMENT_INVALID',
    `The OCR document is not of its schema: ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}

async function readText(file: string): Promise<string> {
  return file === '-' ? readStandardInput() : readTextFile(file);
}

/** An OCR document of an image with thousands of words has some megabytes. */
const DOCUMENT_BYTES_MAX = 52_428_800;

/** What is no regular file, such as a pipe, comes through standard input. */
async function readTextFile(file: string): Promise<string> {
  try {
    return Buffer.from((await readRegularFile(file, DOCUMENT_BYTES_MAX)).bytes).toString('utf8');
  } catch (error) {
    throw isSlipstreamError(error, 'IMAGE_TOO_LARGE') ? tooLong(file) : error;
  }
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (size > DOCUMENT_BYTES_MAX) throw tooLong('Standard input');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function tooLong(what: string): SlipstreamError {
  const megabytes = DOCUMENT_BYTES_MAX / 1_048_576;
  return new SlipstreamError('LIMIT_EXCEEDED', `${what} has more than ${megabytes} MB: is it an OCR document?`);
}

function printReceipts(receipts: readonly Receipt[]): void {
  if (receipts.length === 0) printLine('No receipt was found in it.');
  else {
    printTable(
      ['receipt', 'merchant', 'date', 'total', 'items', 'checks'],
      receipts.map((receipt) => [
        receipt.receipt_id,
        shorten(receipt.merchant.name?.value ?? '–', 40),
        receipt.date?.value ?? '–',
        `${receipt.total?.value ?? '–'} ${receipt.currency?.value ?? ''}`.trim(),
        String(receipt.line_items.length),
        `${receipt.checks.filter((check) => check.ok).length}/${receipt.checks.length}`,
      ]),
      [3, 4],
    );
  }
}
