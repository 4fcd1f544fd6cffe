import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mapBounded } from '@slipstream/runtime';
import { z } from 'zod';
import type { ScratchCopy } from './scratch-copy.ts';

const AT_ONCE = { concurrency: 2 };

/** The files in which the type checker finds something, of the package that a file is in and of all that build on it. */
export async function filesWithTypeErrors(
  { folder, workspaces }: ScratchCopy,
  file: string,
): Promise<readonly string[]> {
  const found = await mapBounded(
    dependentsOf(folder, workspaces, file),
    async (workspace) => {
      const { stdout } = await run(join(folder, 'node_modules/.bin/tsc'), ['--noEmit'], join(folder, workspace));
      const files = [...stdout.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file = '']) => join(workspace, file));
      return files;
    },
    AT_ONCE,
  );
  return [...new Set(found.flat())].sort();
}

const packageSchema = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

function dependentsOf(folder: string, workspaces: readonly string[], file: string): readonly string[] {
  const packages = workspaces.map((workspace) => ({
    workspace,
    ...packageSchema.parse(JSON.parse(readFileSync(join(folder, workspace, 'package.json'), 'utf8'))),
  }));
  const changed = packages.filter(({ workspace }) => file.startsWith(`${workspace}/`)).map(({ name }) => name);
  const names = new Set(changed);
  for (let before = 0; before < names.size; ) {
    before = names.size;
    for (const { name, dependencies, devDependencies } of packages)
      if (Object.keys({ ...dependencies, ...devDependencies }).some((needed) => names.has(needed))) names.add(name);
  }
  return packages.filter(({ name }) => names.has(name)).map(({ workspace }) => workspace);
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** The tests of one package's files that fail, by their names; a file that cannot even be loaded by its own. */
export async function failingTests(
  { folder }: ScratchCopy,
  workspace: string,
  files: readonly string[],
): Promise<readonly string[]> {
  const report = join(folder, 'newcomer-report.json');
  const options = ['run', ...files, '--reporter=json', `--outputFile=${report}`];
  await run(join(folder, 'node_modules/.bin/vitest'), options, join(folder, workspace));
  const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  rmSync(report);
  if (testResults.length < files.length) throw new Error(`${workspace}: not all of ${files.join(', ')} were run.`);
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((each) => each.status === 'failed').map(({ fullName }) => fullName);
    return failed.length === 0 && status === 'failed' ? [name.slice(folder.length + 1)] : failed;
  });
}

function run(program: string, options: readonly string[], cwd: string): Promise<{ readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, options, { cwd, maxBuffer: 64_000_000 }, (error, stdout) => {
      // A number is an exit code: what it says is what was asked for.
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ stdout });
    });
  });
}
