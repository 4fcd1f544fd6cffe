import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A server on this machine that speaks AWS's protocols (moto, from PyPI; `npm run moto:install` makes its environment). */
export interface MotoServer {
  readonly endpoint: string;
  stop(): void;
}

const FOLDER = fileURLToPath(new URL('moto/', import.meta.url));
const ENVIRONMENT = `${FOLDER}.venv`;
const PYTHON = `${ENVIRONMENT}/bin/python`;
/** moto imports all of its services with the first request to each. */
const START_MS_MAX = 60_000;

/** Whether the server can be started here; tests that need it skip loudly where it cannot. */
export function hasMoto(services: MotoServices = 'stores'): boolean {
  return pythonWithMoto(services) !== null;
}

const REQUIREMENTS: Readonly<Record<MotoServices, string>> = {
  stores: 'requirements.txt',
  all: 'requirements-all.txt',
};

/** Makes the virtual environment where it is missing. False, and said on standard error, without Python or its packages. */
export function installMoto(services: MotoServices = 'stores'): boolean {
  if (existsSync(PYTHON) && hasMoto(services)) return true;
  const make = ['python3', '-m', 'venv', '--clear', ENVIRONMENT];
  // Byte code is made when a module is first used, which is most of them never.
  const options = ['--quiet', '--no-compile', '--disable-pip-version-check'];
  const install = [PYTHON, '-m', 'pip', 'install', ...options, '-r', REQUIREMENTS[services]];
  for (const [command = '', ...parameters] of existsSync(PYTHON) ? [install] : [make, install]) {
    const { status, error } = spawnSync(command, parameters, { cwd: FOLDER, stdio: ['ignore', 'inherit', 'inherit'] });
    if (status === 0) continue;
    process.stderr.write(
      `moto could not be installed: ${[command, ...parameters].join(' ')} failed. ${error?.message ?? ''}\n`,
    );
    return false;
  }
  return hasMoto(services);
}

/** The services that a whole deploy calls need more packages of Python than the stores do. */
export type MotoServices = 'stores' | 'all';

/** Starts one on a free port of the loopback, empty. Whatever credentials are sent are right. */
export async function startMoto(services: MotoServices = 'stores'): Promise<MotoServer> {
  const python = pythonWithMoto(services);
  if (python === null) throw new Error('moto is not installed; npm run moto:install -w @slipstream/testing does it.');
  const port = await freePort();
  const child = spawn(python, [`${FOLDER}serve.py`, String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  await untilAnswering(endpoint, child);
  return { endpoint, stop };
}

const STORES = 'flask, flask_cors, moto, py_partiql_parser, yaml, docker';
const MODULES: Readonly<Record<MotoServices, string>> = { stores: STORES, all: `${STORES}, joserfc, moto.server` };

/** That of our environment, or one that has moto anyway; null without. */
function pythonWithMoto(services: MotoServices): string | null {
  const candidates = existsSync(PYTHON) ? [PYTHON, ...(services === 'all' ? ['python3'] : [])] : ['python3'];
  const probe = ['-c', `import ${MODULES[services]}`];
  return candidates.find((python) => spawnSync(python, probe, { stdio: 'ignore' }).status === 0) ?? null;
}

async function untilAnswering(endpoint: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + START_MS_MAX;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`moto did not answer on ${endpoint} within ${START_MS_MAX / 1_000} s.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
