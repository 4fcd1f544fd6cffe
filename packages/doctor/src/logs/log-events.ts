import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SlipstreamError } from '@slipstream/shared';

/** A line of a log that says something about a request, with the line before it. */
export interface LogEvent {
  readonly line: string;
  /** The line before it that has one of these in it, else the one right before. */
  before(...names: readonly string[]): string;
  /** Lines behind it, for stack traces; at most some. */
  after(): string;
}

/** What is worth reading: the rest of a log is only passed over. */
const MARKERS =
  /START RequestId|REPORT RequestId|INIT_REPORT|Task timed out|"type":"platform\.|imed? ?out|TIMEDOUT|TimeoutError|Traceback|\bERROR\b|ECONN|EAI_AGAIN|ENOTFOUND|Throttl|Rate [Ee]xceeded|Exception|"outcome"|[Cc]ompleted|[Ff]inished|[Ss]ucceeded|\b[Dd]one\b|\u00e2\u009c\u0085|\u00e2\u009d\u008c|status code 403| 403 /g;
/** A line of more is cut: what says anything stands at its beginning. */
const LINE_MAX = 16_384;
/** Kept of the text before, so that a line's predecessor is at hand. */
const KEPT = 32_768;
const CHUNK_BYTES = 1 << 20;

/** Calls back for each line that matters, in constant memory, whatever the file's size; gzipped files are unpacked. */
export async function eachLogEvent(path: string, handle: (event: LogEvent) => void): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile())
    throw new SlipstreamError(
      'NOT_FOUND',
      `${path} is no file: give exported logs, plain or gzipped, or the output of aws logs tail.`,
    );
  const scanner = new Scanner(handle);
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const sink = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) scanner.add(chunk);
  };
  try {
    if (await isGzip(path)) await pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), sink);
    else await pipeline(source, sink);
  } catch (thrown) {
    // A file that was cut off still says what stands in it.
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    if (!/^Z_/.test(code)) throw thrown;
    scanner.truncated = true;
  }
  scanner.end();
}

/** The same of lines that are at hand. */
export function eachEventOf(lines: readonly string[], handle: (event: LogEvent) => void): void {
  const scanner = new Scanner(handle);
  for (const line of lines) scanner.add(Buffer.from(line));
  scanner.end();
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

class Scanner {
  truncated = false;
  readonly #handle: (event: LogEvent) => void;
  /** Bytes as characters: finding ASCII in it is fast, and what is shown is decoded then. */
  #text = '';
  #from = 0;

  constructor(handle: (event: LogEvent) => void) {
    this.#handle = handle;
  }

  add(chunk: Buffer): void {
    this.#text += chunk.toString('latin1');
    // The last lines wait: a trace may go on in the next piece.
    const last = this.#text.lastIndexOf('\n', this.#text.length - 4_096);
    if (last <= this.#from) {
      if (this.#text.length - this.#from > 4 * CHUNK_BYTES) this.#drop();
      return;
    }
    this.#scan(last);
    const keep = Math.max(0, this.#from - KEPT);
    this.#text = this.#text.slice(keep);
    this.#from -= keep;
  }

  end(): void {
    this.#scan(this.#text.length);
  }

  /** Of a line that does not end, its beginning is enough. */
  #drop(): void {
    this.#text = `${this.#text.slice(0, this.#from + LINE_MAX)}`;
  }

  #scan(end: number): void {
    const text = this.#text;
    MARKERS.lastIndex = this.#from;
    for (let match = MARKERS.exec(text); match !== null && match.index < end; match = MARKERS.exec(text)) {
      const start = text.lastIndexOf('\n', match.index) + 1;
      const stop = text.indexOf('\n', match.index);
      const lineEnd = stop === -1 ? text.length : stop;
      this.#handle({
        line: decode(text.slice(start, Math.min(lineEnd, start + LINE_MAX))),
        before: (...names) => lineBefore(text, start, names),
        after: () => decode(text.slice(lineEnd + 1, lineEnd + 1 + 8_192)),
      });
      MARKERS.lastIndex = lineEnd;
      if (lineEnd >= end) break;
    }
    this.#from = end;
  }
}

function lineBefore(text: string, start: number, names: readonly string[]): string {
  if (start < 2) return '';
  const at = names
    .filter((name) => name !== '')
    .map((name) => text.lastIndexOf(name, start - 2))
    .find((found) => found !== -1);
  const inside = at ?? start - 2;
  const begin = text.lastIndexOf('\n', inside) + 1;
  const end = text.indexOf('\n', inside);
  return decode(text.slice(begin, Math.min(end === -1 ? start - 1 : end, begin + LINE_MAX)));
}

function decode(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is no ASCII was read byte by byte
  return /[^\u0000-\u007f]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}
