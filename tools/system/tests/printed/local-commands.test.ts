import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { printedCommands } from '../../walk/printed/documents.ts';
import { ruleOf } from '../../walk/printed/rules.ts';
import { filled } from '../../walk/printed/run-printed.ts';

const PROJECT = resolve(import.meta.dirname, '../../../..');
const PRINTED = 3737;
const SECONDS_MAX = 60;
const printed = [
  ...new Set(printedCommands().flatMap(({ command }) => (ruleOf(command)?.run.by === 'local' ? [command] : []))),
];
const DEV = printed.filter((command) => command.startsWith('slipstream dev --watch'));
/** Once `slipstream dev` has ended. */
const AFTERWARDS = printed.filter((command) => /^slipstream recover/.test(command));
const MEANWHILE = printed.filter((command) => ![...DEV, ...AFTERWARDS].includes(command));

/** A person's desk: a home, the checkout's programs, a photograph, and a folder of others. */
const folder = mkdtempSync(join(tmpdir(), 'slipstream-desk-'));
const home = join(folder, 'home');
const desk = join(folder, 'desk');
const env: NodeJS.ProcessEnv = {
  PATH: `${resolve(process.execPath, '..')}:${process.env.PATH}`,
  HOME: home,
  XDG_CONFIG_HOME: join(home, '.config'),
  NO_COLOR: '1',
};
let dev: ChildProcess;
let said = '';

function start(command: string): ChildProcess {
  const alias = printed.find((line) => line.startsWith('alias ')) ?? '';
  return spawn('sh', ['-c', `${alias}\n${command}`], {
    cwd: desk,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(command: string): Promise<{ code: number | null; out: string; printedOut: string }> {
  const child = start(command);
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), SECONDS_MAX * 1_000);
  let [out, printedOut] = ['', ''];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (stream === child.stdout) printedOut += text;
    });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(timer);
  return { code, out, printedOut };
}

async function json(command: string) {
  return JSON.parse((await run(`${command} --json`)).printedOut);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = Object(server.address());
      server.close(() => done(port));
    });
  });
}

async function ocrDocument(): Promise<string> {
  const [read] = await json('npx receipt-ocr receipt.jpg');
  const file = join(folder, 'ocr.json');
  writeFileSync(file, JSON.stringify(read.document));
  return file;
}

let placeholders: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  mkdirSync(join(home, 'Pictures/receipts'), { recursive: true });
  mkdirSync(desk);
  symlinkSync(join(PROJECT, 'node_modules'), join(desk, 'node_modules'));
  writeFileSync(join(desk, 'package.json'), '{ "private": true }');
  copyFileSync(join(PROJECT, 'samples/us-diner.jpg'), join(desk, 'receipt.jpg'));
  copyFileSync(join(PROJECT, 'samples/swiss-bakery.jpg'), join(home, 'Pictures/receipts/bakery.jpg'));
  env.SLIPSTREAM_PORT = `${await freePort()}`;
  dev = start(DEV[0] ?? '');
  for (const stream of [dev.stdout, dev.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const until = Date.now() + 90_000;
  while ((await json('slipstream merchants list')).merchants.length !== 1)
    if (Date.now() > until) throw new Error(`The photograph in the folder was not read:\n${said}`);
  await run('slipstream submit receipt.jpg --wait');
  const { merchants } = await json('slipstream merchants list');
  const { receipts } = await json('slipstream list');
  placeholders = {
    MERCHANT_ID: merchants[0].merchant_id,
    DUPLICATE_ID: merchants[1].merchant_id,
    IMAGE_ID: receipts[0].image_id,
    FILE: await ocrDocument(),
    FOLDER: join(folder, 'harmed'),
  };
}, 180_000);

async function stopDev(): Promise<void> {
  if (dev?.pid === undefined || dev.exitCode !== null || dev.signalCode !== null) return;
  process.kill(-dev.pid, 'SIGINT');
  await new Promise((done) => dev.once('close', done));
}

afterAll(async () => {
  await stopDev();
  rmSync(folder, { recursive: true, force: true });
});

it('the README’s first line starts everything', () => {
  expect(DEV).toHaveLength(1);
  expect(said).toContain(env.SLIPSTREAM_PORT);
});

it.each(MEANWHILE)('%s', { timeout: (SECONDS_MAX + 5) * 1_000 }, async (command) => {
  const line = filled(command, placeholders).replace(`localhost:${PRINTED}`, `localhost:${env.SLIPSTREAM_PORT}`);
  const { code, out } = await run(line);
  expect(code, `${line}\n${out}\n${said.slice(-2_000)}`).toBe(0);
});

it.each(AFTERWARDS)('%s', { timeout: (SECONDS_MAX + 5) * 1_000 }, async (command) => {
  await stopDev();
  const harmed = placeholders.FOLDER ?? '';
  cpSync(join(home, '.slipstream'), harmed, { recursive: true });
  for (const name of readdirSync(harmed).filter((each) => each.startsWith('slipstream.db'))) rmSync(join(harmed, name));
  const { code, out } = await run(filled(command, placeholders));
  expect(code, out).toBe(0);
  expect(out).toContain('2 ');
});
