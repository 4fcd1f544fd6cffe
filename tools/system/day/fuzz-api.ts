import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from './commands-in.ts';

/**
 * schemathesis against the local API: no 5xx, no answer that GET /openapi.json does not describe. It comes from PyPI, in
 * a virtual environment: `node day/fuzz-api.ts --schemathesis VENV/bin/schemathesis`. /events is a stream without an end.
 */
const { values } = parseArgs({
  options: { schemathesis: { type: 'string', default: 'schemathesis' }, examples: { type: 'string', default: '15' } },
});
const CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';

if (spawnSync(values.schemathesis, ['--version']).status !== 0) {
  process.stdout.write('SKIPPED the API fuzzer: schemathesis is not installed (pip install schemathesis).\n');
} else process.exitCode = await fuzz();

async function fuzz(): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'slipstream-fuzz-'));
  const program = join(PROJECT, 'apps/cli/dist/slipstream.js');
  if (!existsSync(program)) throw new Error('not built yet: npm run build');
  const args = [program, 'dev', '--json', '--no-token', '--engine', 'null', '--port', '0', '--data', join(data, 'd')];
  const dev = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const said = await new Promise<string>((resolve, reject) => {
      dev.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
      dev.once('exit', (code) => reject(new Error(`slipstream dev ended with ${code}`)));
    });
    const { url } = JSON.parse(said) as { url: string };
    const run = ['run', `${url}/openapi.json`, '--exclude-path', '/events', '--checks', CHECKS];
    const bounds = [
      '--max-examples',
      values.examples,
      '--phases',
      'examples,coverage,fuzzing',
      '--request-timeout',
      '20',
    ];
    return spawnSync(values.schemathesis, [...run, ...bounds], { stdio: 'inherit', cwd: data }).status ?? 1;
  } finally {
    dev.removeAllListeners('exit');
    dev.kill('SIGTERM');
    await new Promise((ended) => dev.once('exit', ended));
    rmSync(data, { recursive: true, force: true });
  }
}
