import type { Readable } from 'node:stream';
import { SlipstreamError } from '@slipstream/shared';

/** Secrets Manager's limit of a value. */
const SECRET_BYTES_MAX = 65_536;
const END_OF_INPUT = '\u0004';
const INTERRUPT = '\u0003';
const ERASE = new Set(['\u007f', '\b']);

/** Of a terminal or a pipe, what is used. */
export type SecretInput = Readable & {
  readonly isTTY?: boolean | undefined;
  setRawMode?(isRaw: boolean): unknown;
};

/**
 * A secret from standard input: piped, all of it; typed or pasted on a terminal, one line that is not shown. Spaces
 * around it are no part of it. `REQUEST_INVALID` where nothing came, or too much.
 */
export async function readSecret(input: SecretInput, prompt: NodeJS.WritableStream): Promise<string> {
  const value = (input.isTTY ? await readHiddenLine(input, prompt) : await readToEnd(input)).trim();
  if (value === '') throw new SlipstreamError('REQUEST_INVALID', 'Nothing came on standard input; nothing was set.');
  if (Buffer.byteLength(value) > SECRET_BYTES_MAX) throw tooLong();
  return value;
}

async function readToEnd(input: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > 2 * SECRET_BYTES_MAX) throw tooLong();
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readHiddenLine(input: SecretInput, prompt: NodeJS.WritableStream): Promise<string> {
  prompt.write('Type or paste the value, then Enter (it is not shown): ');
  input.setRawMode?.(true);
  input.setEncoding('utf8').resume();
  return new Promise((resolve, reject) => {
    let line = '';
    const end = (settle: () => void) => {
      input.setRawMode?.(false);
      input.pause().off('data', onText);
      prompt.write('\n');
      settle();
    };
    const onText = (text: string) => {
      for (const character of text) {
        if (character === '\r' || character === '\n' || character === END_OF_INPUT) return end(() => resolve(line));
        if (character === INTERRUPT) {
          return end(() => reject(new SlipstreamError('ABORTED', 'Interrupted; nothing was set.')));
        }
        line = ERASE.has(character) ? line.slice(0, -1) : line + character;
      }
    };
    input.on('data', onText);
  });
}

function tooLong(): SlipstreamError {
  return new SlipstreamError('REQUEST_INVALID', `A secret has at most ${SECRET_BYTES_MAX} bytes; nothing was set.`);
}
