import { stat, truncate } from 'node:fs/promises';

const OUTPUT_BYTES_MAX = 1_000_000;

/** launchd rotates nothing, and a program that fails twice a minute writes 1 MB a day: its file begins anew with a start. */
export async function trimOutput(path: string): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 })); // none: started by hand, or by systemd
  if (size > OUTPUT_BYTES_MAX) await truncate(path);
}
