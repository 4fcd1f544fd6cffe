import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where running agents put their status sockets; short, because a socket's path may have some 100 bytes only. */
export function runDir(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.SLIPSTREAM_RUN_DIR) return env.SLIPSTREAM_RUN_DIR;
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support/Slipstream/run');
  return env.XDG_RUNTIME_DIR ? join(env.XDG_RUNTIME_DIR, 'slipstream') : `/tmp/slipstream-${userInfo().uid}`;
}
