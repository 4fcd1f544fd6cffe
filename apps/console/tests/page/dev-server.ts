import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../../../..');
const PROGRAM = join(PROJECT, 'apps/cli/dist/slipstream.js');
export const SAMPLES = join(PROJECT, 'samples');

export interface DevServer {
  readonly url: string;
  readonly browserUrl: string;
  readonly data: string;
  /** Kills it and starts it again on the same port and data. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Runs a verb on its data; resolves with what it printed. */
  slipstream(...args: string[]): Promise<string>;
  close(): Promise<void>;
}

/** The built `slipstream dev` on a folder of its own, with the real engine. */
export async function startDevServer(): Promise<DevServer> {
  const folder = await mkdtemp(join(tmpdir(), 'slipstream-page-'));
  const data = join(folder, 'data');
  let running = await startOn(data, 0);
  const port = Number(new URL(running.url).port);
  const kill = () => ended(running.child, 'SIGKILL');
  const start = async () => {
    running = await startOn(data, port);
  };
  return {
    url: running.url,
    browserUrl: running.browser_url,
    data,
    kill,
    start,
    restart: async () => {
      await kill();
      await start();
    },
    slipstream: (...args) => output([...args, '--data', data]),
    close: async () => {
      await ended(running.child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly browser_url: string;
}

function startOn(data: string, port: number): Promise<Running> {
  const args = [PROGRAM, 'dev', '--json', '--data', data, '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let out = '';
    let errors = '';
    child.stderr?.on('data', (chunk) => {
      errors = `${errors}${chunk}`.slice(-2_000);
    });
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.trimEnd().endsWith('}')) resolve({ child, ...(JSON.parse(out) as Omit<Running, 'child'>) });
    });
    child.once('exit', (code) => reject(new Error(`slipstream dev ended with ${code}: ${errors}`)));
  });
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

function output(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  return new Promise((resolve) => child.once('exit', () => resolve(out)));
}
