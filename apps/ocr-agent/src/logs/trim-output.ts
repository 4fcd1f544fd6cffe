import { stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

/** Where launchd appends what the agent's own log cannot hold: a crash of Node itself, a start that fails. */
export const OUTPUT_FILE = 'launchd.log';
const OUTPUT_BYTES_MAX = 1_000_000;

/** launchd rotates nothing, and an agent that fails twice a minute writes 1 MB a day: it begins anew with a start. */
export async function trimOutput(logDir: string): Promise<void> {
  const path = join(logDir, OUTPUT_FILE);
  const { size } = await stat(path).catch(() => ({ size: 0 })); // none: started by hand, or by systemd
  if (size > OUTPUT_BYTES_MAX) await truncate(path);
}
