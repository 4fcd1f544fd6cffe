import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { BUNDLES_DIR, readAgentNeeds, readBundles } from '../src/bundles/bundle-files.ts';
import { dev } from '../src/environments/dev.ts';
import { runScript } from '../src/operate/arguments.ts';
import { synthesise } from '../src/stack/slipstream-app.ts';
import { CHECKOV_EXCUSES, EXCUSED_ONLY } from './checkov-excuses.ts';

/** npm run test:checkov: the public policy scanner over a stack with everything switched on. Needs python3 and PyPI. */
const VERSION = '3.3.30';
const VENV = join(import.meta.dirname, '../.venv');

const reportSchema = z.object({
  summary: z.object({ passed: z.int(), failed: z.int(), parsing_errors: z.int() }),
  results: z.object({
    failed_checks: z.array(z.object({ check_id: z.string(), check_name: z.string(), resource: z.string() })),
  }),
});

await runScript(async () => {
  const { summary, results } = scan(install(), writeStack());
  if (summary.parsing_errors > 0 || summary.passed === 0)
    throw new Error('checkov could not read the stack: nothing was scanned.');
  const unexcused = results.failed_checks.filter(
    ({ check_id, resource }) =>
      CHECKOV_EXCUSES[check_id] === undefined || EXCUSED_ONLY[check_id]?.test(resource) === false,
  );
  for (const { check_id, check_name, resource } of unexcused) console.error(`${check_id} ${resource}: ${check_name}`);
  const found = new Set(results.failed_checks.map(({ check_id }) => check_id));
  const stale = Object.keys(CHECKOV_EXCUSES).filter((id) => !found.has(id));
  for (const id of stale) console.error(`${id}: excused, but not found any more.`);
  console.log(
    `checkov ${VERSION}: ${summary.passed} passed, ${summary.failed} excused by ${found.size} reasons, ${unexcused.length} not.`,
  );
  if (unexcused.length + stale.length > 0) process.exitCode = 1;
});

function install(): string {
  const program = join(VENV, 'bin/checkov');
  if (!existsSync(program)) {
    run('python3', ['-m', 'venv', VENV]);
    run(join(VENV, 'bin/pip'), ['install', '--quiet', `checkov==${VERSION}`]);
  }
  return program;
}

/** checkov takes `required_version` for a block and gives up: the terraform block, which it has no rule for, is left out. */
function writeStack(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'slipstream-checkov-'));
  const everything = {
    ...dev,
    efs: true,
    console_hosting: true,
    endpoints: { sqs: true, secretsmanager: true, logs: true },
  };
  synthesise(
    [everything],
    { bundles: readBundles(BUNDLES_DIR), agentNeeds: readAgentNeeds(), stateOf: () => null, endpoint: null },
    outdir,
  );
  const stack = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(join(outdir, 'stacks/slipstream-dev/cdk.tf.json'), 'utf8')));
  const { terraform: _, ...scanned } = stack;
  mkdirSync(join(outdir, 'scanned'));
  const path = join(outdir, 'scanned/cdk.tf.json');
  writeFileSync(path, JSON.stringify(scanned, null, 2));
  return path;
}

function scan(checkov: string, path: string): z.infer<typeof reportSchema> {
  const args = ['-f', path, '--framework', 'terraform_json', '-o', 'json', '--compact', '--quiet', '--soft-fail'];
  const { status, stdout, stderr } = spawnSync(checkov, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(`checkov ended with ${status}:\n${stderr}`);
  return reportSchema.parse(JSON.parse(stdout));
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed: the scan needs python3 with venv, and PyPI.`);
}
