import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { explainDocument, parseDocument } from '@slipstream/receipt-parser';
import { readRegularFile } from '@slipstream/runtime';
import { imageIdOf, isSlipstreamError, type OcrDocument, type Receipt, SlipstreamError } from '@slipstream/shared';
import {
  colour,
  EXIT_FAILED,
  figures,
  printError,
  printJson,
  printLine,
  printTable,
  startProgress,
  type Verb,
} from '@slipstream/terminal';
import { documentsIn, type Format, type OcrDocuments } from '../input/ocr-documents.ts';
import { printExplanation } from './print-explanation.ts';

export const parseVerb: Verb<'review_below'> = {
  name: 'parse',
  summary: 'Parse OCR documents into receipts, without queues and records',
  examples: [
    'slipstream parse ocr.json',
    'slipstream parse *.json --json',
    'receipt-ocr receipt.jpg --json | slipstream parse',
    'slipstream parse ocr.json --explain',
    'slipstream parse --in boxes --out parsed --format sroie',
  ],
  args: [['[files...]', 'OCR documents (JSON), or what receipt-ocr --json prints; - or nothing: standard input']],
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
    const files = args.length > 0 || process.stdin.isTTY ? args : ['-'];
    if (files.length === 0)
      throw new SlipstreamError('REQUEST_INVALID', 'Name OCR documents, or --in DIR and --out DIR.');
    const { documents, errors } = await readDocuments(files, format);
    for (const error of errors) printError(error, json);
    if (documents.length === 0 && errors.length > 0) return EXIT_FAILED;
    const inputs = documents.map((document) => parserInput(document, review_below));
    if (options.explain === true) {
      const explained = inputs.flatMap((input) => explainDocument(...input));
      if (json) printJson(explained);
      else if (explained.length === 0) printLine('No receipt was found in it.');
      else for (const one of explained) printExplanation(one);
    } else {
      const receipts = inputs.flatMap((input) => parseDocument(...input));
      if (json) printJson(receipts);
      else printReceipts(receipts);
    }
    return errors.length === 0 ? 0 : EXIT_FAILED;
  },
};

/** Each file for itself: one that cannot be read keeps back no other, and is named. */
async function readDocuments(files: readonly string[], format: Format): Promise<OcrDocuments> {
  const documents: OcrDocument[] = [];
  const errors: SlipstreamError[] = [];
  for (const file of files) {
    try {
      const found = documentsIn(await readText(file), format);
      documents.push(...found.documents);
      errors.push(...found.errors);
    } catch (thrown) {
      const { code, message, details, cause } = SlipstreamError.from(thrown);
      const named = message.includes(file) || files.length === 1 ? message : `${file}: ${message}`;
      errors.push(new SlipstreamError(code, named, { details, cause }));
    }
  }
  return { documents, errors };
}

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
      const { documents, errors } = documentsIn(await readTextFile(join(from, name)), format);
      const [error] = errors;
      if (error) throw error;
      const parsed = documents.flatMap((document) => parseDocument(...parserInput(document, review_below)));
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

type ParserInput = Parameters<typeof parseDocument>;

const parserInput = (document: OcrDocument, review_below: number): ParserInput => [
  document,
  { image_id: imageIdOf(document.image.sha256), review_below },
];

async function readText(file: string): Promise<string> {
  return file === '-' ? readStandardInput() : readTextFile(file);
}

/** An OCR document of an image with thousands of words has some megabytes, and a file may hold many. */
const DOCUMENT_BYTES_MAX = 268_435_456;

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
      [
        'receipt',
        { title: 'merchant', min: 12 },
        'date',
        figures('total'),
        figures('items'),
        { title: 'checks', dispensable: 1 },
      ],
      receipts.map((receipt) => [
        receipt.receipt_id,
        receipt.merchant.name?.value ?? '–',
        receipt.date?.value ?? colour.yellow('no date'),
        `${receipt.total?.value ?? '–'} ${receipt.currency?.value ?? ''}`.trim(),
        String(receipt.line_items.length),
        `${receipt.checks.filter((check) => check.ok).length}/${receipt.checks.length}`,
      ]),
    );
  }
}
