import { spawnSync } from 'node:child_process';

export interface CommandResult {
  /** null where the program could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the system, found on PATH, and waits for it. */
export type RunCommand = (file: string, args: readonly string[]) => CommandResult;

const COMMAND_MS_MAX = 60_000;

export const runCommand: RunCommand = (file, args) => {
  const { status, stdout, stderr, error } = spawnSync(file, [...args], { encoding: 'utf8', timeout: COMMAND_MS_MAX });
  return { code: error ? null : status, stdout: stdout ?? '', stderr: error ? error.message : (stderr ?? '') };
};
