import { type FSWatcher, watch } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';

/** How much of the newest file's end is shown. */
const SHOWN_BYTES = 65_536;
const SHOWN_LINES = 100;

/** The newest log's last lines. NOT_FOUND when there is none yet. */
export async function lastLines(logDir: string): Promise<readonly string[]> {
  const text = await readEnd(currentLog(logDir));
  return text.split('\n').filter(Boolean).slice(-SHOWN_LINES);
}

/** Hands on what is written from now on, across rotations, until the signal aborts. */
export async function followLog(logDir: string, write: (text: string) => void, signal: AbortSignal): Promise<void> {
  let file = await open(currentLog(logDir), 'r');
  let position = (await file.stat()).size;
  const changes = changesOf(logDir, signal);
  try {
    for await (const _ of changes) {
      position = await copyFrom(file, position, write);
      const next = await open(currentLog(logDir), 'r').catch(() => null); // between two files
      if (next === null) continue;
      const isSame = (await next.stat()).ino === (await file.stat()).ino;
      await (isSame ? next : file).close();
      if (isSame) continue;
      file = next;
      position = await copyFrom(file, 0, write);
    }
  } finally {
    await file.close();
  }
}

function currentLog(logDir: string): string {
  return join(logDir, 'current.log');
}

async function readEnd(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    return text.length > SHOWN_BYTES ? text.slice(text.indexOf('\n', text.length - SHOWN_BYTES) + 1) : text;
  } catch (cause) {
    throw new SlipstreamError('NOT_FOUND', `There is no log ${path} yet: has the agent been installed and started?`, {
      cause,
    });
  }
}

async function copyFrom(
  file: Awaited<ReturnType<typeof open>>,
  position: number,
  write: (text: string) => void,
): Promise<number> {
  const { size } = await file.stat();
  if (size <= position) return position;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - position), 0, size - position, position);
  write(buffer.subarray(0, bytesRead).toString('utf8'));
  return position + bytesRead;
}

/** One tick for each change in the folder, and one each second: some systems tell too little. */
async function* changesOf(folder: string, signal: AbortSignal): AsyncGenerator<void> {
  let wake = () => {};
  const watcher: FSWatcher = watch(folder, () => wake());
  const timer = setInterval(() => wake(), 1_000);
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      yield;
    }
  } finally {
    watcher.close();
    clearInterval(timer);
  }
}
