import { join } from 'node:path';
import { CommandError, run } from './command.ts';
import type { Level } from './fault.ts';
import { buildAsMac } from './mac/build-as-mac.ts';
import { analyzeAsMac, compileAsMac } from './mac/compile-as-mac.ts';
import type { Toolchain } from './toolchain.ts';
import { watch } from './watch.ts';

/** What one level has to say about the sources in a folder: nothing, or the first lines of its complaint. */
export type Complaint = string | null;

const COMPLAINT_LINES = 3;

export async function askLevel(level: Level, tools: Toolchain, source: string): Promise<Complaint> {
  switch (level) {
    case 'unit':
      return complaintOf(
        await run(process.execPath, [vitest(), 'run', '--root', source, 'tests/unit'], { cwd: source }),
      );
    case 'types':
      return complaint(() => compileAsMac(tools, source));
    case 'analysis':
      return complaint(() => analyzeAsMac(tools, source));
    case 'link':
      return complaint(() => buildAsMac(tools, source, 'arm64'));
    case 'scenarios':
      return complaintOfBuild(() => watch(tools, source, 'none', 'manual'));
    case 'scenarios-arc':
      return complaintOfBuild(() => watch(tools, source, 'none', 'arc'));
    case 'address':
      return complaintOfBuild(() => watch(tools, source, 'address', 'manual'));
    case 'thread':
      return complaintOfBuild(() => watch(tools, source, 'thread', 'manual'));
  }
}

function vitest(): string {
  return join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs');
}

async function complaint(work: () => Promise<unknown>): Promise<Complaint> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof CommandError) return excerpt(error.message);
    throw error;
  }
}

async function complaintOfBuild(work: () => ReturnType<typeof run>): Promise<Complaint> {
  let said: Complaint = null;
  const failed = await complaint(async () => {
    said = complaintOf(await work());
  });
  return failed ?? said;
}

function complaintOf({ status, signal, output }: Awaited<ReturnType<typeof run>>): Complaint {
  return status === 0 ? null : `${signal ?? `status ${status}`}: ${excerpt(output)}`;
}

/** The lines that say what is wrong, without colours and paths that are too long for a table. */
function excerpt(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with one
  const lines = text.replaceAll(/\u001b\[[\d;]*m/g, '').split('\n');
  const telling = lines.filter((line) => /error|FAIL|WARNING|warning:|leak|terminate|abort|Assertion/.test(line));
  return (telling.length > 0 ? telling : lines).slice(0, COMPLAINT_LINES).join(' | ');
}
