import { readdir, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { isRunning } from '@slipstream/runtime';
import type { ProgramStatus } from './program-status.ts';

const ANSWER_MS_MAX = 5_000;
const ANSWER_BYTES_MAX = 1_048_576;

/** What the running agents of this user say; the sockets of killed ones are removed on the way. */
export async function askStatus(runDir: string): Promise<readonly ProgramStatus[]> {
  const names = await readdir(runDir).catch(() => []); // no folder: no agent has run yet
  const sockets = names.filter((name) => /^agent-\d+\.sock$/.test(name)).sort();
  const answers = await Promise.all(sockets.map((name) => askOne(join(runDir, name))));
  return answers.filter((answer) => answer !== null);
}

async function askOne(path: string): Promise<ProgramStatus | null> {
  try {
    return JSON.parse(await readSocket(path));
  } catch {
    // One that starts is there and does not answer yet: only the sockets of processes that are gone are removed.
    if (!isRunning(pidOf(path))) await rm(path, { force: true });
    return null;
  }
}

function readSocket(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    let text = '';
    socket.setTimeout(ANSWER_MS_MAX, () => socket.destroy(new Error('the agent does not answer')));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > ANSWER_BYTES_MAX) socket.destroy(new Error('the answer is too long'));
    });
    socket.on('error', reject);
    socket.on('end', () => resolve(text));
  });
}

function pidOf(path: string): number {
  return Number(/agent-(\d+)\.sock$/.exec(path)?.[1]);
}
