import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type Logger, makePrivateFolder } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import type { ProgramStatus } from './program-status.ts';

/** sun_path of sockaddr_un, without its closing zero: 104 bytes on Darwin, 108 on Linux. */
const SOCKET_PATH_BYTES_MAX = 103;

export interface StatusServer {
  close(): Promise<void>;
}

/** Each agent has a socket of its own, named by its process. */
export function socketPath(runDir: string, pid: number): string {
  return join(runDir, `agent-${pid}.sock`);
}

/** Answers each connection with one JSON object and ends it. Only the same user may connect. */
export async function serveStatus(
  runDir: string,
  status: () => Promise<ProgramStatus>,
  logger: Logger,
): Promise<StatusServer> {
  const path = socketPath(runDir, process.pid);
  if (Buffer.byteLength(path) > SOCKET_PATH_BYTES_MAX) {
    const message = `The path of the status socket is too long for this system: ${path}. Set SLIPSTREAM_RUN_DIR to a shorter folder.`;
    throw new SlipstreamError('CONFIGURATION_INVALID', message);
  }
  await mkdir(runDir, { recursive: true, mode: 0o700 });
  await assertOurs(runDir);
  makePrivateFolder(runDir);
  await rm(path, { force: true }); // of a killed agent with the same process id
  const server = createServer((socket) => {
    socket.on('error', () => {}); // who asked has gone
    status().then(
      (answer) => socket.end(JSON.stringify(answer)),
      (error: unknown) => {
        logger.warn({ error: SlipstreamError.from(error) }, 'the status could not be told');
        socket.destroy();
      },
    );
  });
  await listen(server, path);
  await chmod(path, 0o600);
  server.unref();
  return {
    close: async () => {
      server.close();
      await rm(path, { force: true });
    },
  };
}

/**
 * A folder below /tmp may have been made by somebody else before: whoever may write to it can put another socket in the
 * place of ours, or connect before its mode is set.
 */
async function assertOurs(runDir: string): Promise<void> {
  const folder = await lstat(runDir);
  if (folder.isDirectory() && folder.uid === userInfo().uid && (folder.mode & 0o022) === 0) return;
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `The folder of the status socket, ${runDir}, is not this user's alone: remove it, or set SLIPSTREAM_RUN_DIR to another.`,
  );
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
