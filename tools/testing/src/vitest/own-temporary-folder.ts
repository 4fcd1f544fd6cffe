import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'slipstream-tests-';

/**
 * Vitest's globalSetup: a run of tests has a temporary folder of its own, which its programs inherit, and which is removed
 * with the run. So no test leaves anything, whichever way it ends; what a killed run left is removed by the next one.
 */
export default function ownTemporaryFolder(): () => void {
  const shared = tmpdir();
  removeOfEnded(shared);
  const folder = mkdtempSync(join(shared, `${PREFIX}${process.pid}-`));
  process.env.TMPDIR = folder;
  return () => {
    process.env.TMPDIR = shared;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** Only where the processes of this machine can be seen: elsewhere a run that is under way would look ended. */
function removeOfEnded(shared: string): void {
  if (!existsSync(`/proc/${process.pid}`)) return;
  for (const name of readdirSync(shared)) {
    const pid = name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : undefined;
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(shared, name), { recursive: true, force: true });
  }
}
