import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const PACKAGE = join(import.meta.dirname, '../..');
const DOCTOR = join(PACKAGE, '../doctor/dist/slipstream-doctor.js');
const reportSchema = z.looseObject({ findings: z.array(z.looseObject({ severity: z.string() })) });

/**
 * Examines a synthesised stack before it is deployed, and prints what was found. The sentence that a deploy stops with,
 * or null where nothing of severity error was found.
 */
export function examineStack(stack: string, doctor = DOCTOR): string | null {
  if (!existsSync(doctor)) return 'The doctor is not built: run npm run build, or deploy with --no-doctor.';
  const args = ['--synth', join(PACKAGE, 'cdktf.out/stacks', stack)];
  const { stdout, stderr, status } = spawnSync(process.execPath, [doctor, ...args, '--json'], { encoding: 'utf8' });
  if (status !== 0 && status !== 1)
    return `The doctor could not look at ${stack}: ${stderr.trim()} Deploy with --no-doctor to go on without it.`;
  const { findings } = reportSchema.parse(JSON.parse(stdout));
  spawnSync(process.execPath, [doctor, ...args], { stdio: 'inherit' });
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors === 0 ? null : `${errors} errors: nothing was deployed. Fix them, or deploy with --no-doctor.`;
}
