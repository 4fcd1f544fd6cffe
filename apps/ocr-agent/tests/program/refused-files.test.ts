import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbeddedStore } from '@slipstream/store-embedded';
import { giveTo, letPass, ordinaryUser } from '@slipstream/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../src/receipt-ocr.ts', import.meta.url));
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);
const TEST_MS_MAX = 60_000;
const user = ordinaryUser(PROGRAM);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receipt-ocr-'));
  for (const path of [tmpdir(), folder]) letPass(path);
  if (user) giveTo(user, folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As the ordinary user, with at most so many descriptors. */
async function run(args: readonly string[], descriptors = 1_024) {
  const script = `ulimit -n ${descriptors} && exec "$0" "$@"`;
  const env = { ...process.env, SLIPSTREAM_RUN_DIR: join(folder, 'run'), HOME: folder };
  const child = spawn('/bin/sh', ['-c', script, process.execPath, PROGRAM, ...args], { ...user, cwd: folder, env });
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

function write(name: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([PNG, Buffer.from(name)]), { mode });
  if (user) giveTo(user, path);
  return path;
}

describe.runIf(user !== null)('receipt-ocr by a user who may not do everything', () => {
  it(
    'reads the images that may be read, and says which one may not',
    async () => {
      write('open.png');
      write('closed.png', 0);
      const { code, out } = await run(['closed.png', 'open.png', '--engine', 'null', '--json']);
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject([
        { file: 'closed.png', error: { code: 'NOT_FOUND', message: expect.stringContaining('may you read it?') } },
        { file: 'open.png', document: { image: { width: 1 } } },
      ]);
    },
    TEST_MS_MAX,
  );

  it(
    'as an agent is told what to do about a data folder that can only be read',
    async () => {
      const dataDir = join(folder, 'data');
      mkdirSync(dataDir);
      await (await openEmbeddedStore({ dataDir })).close();
      const inside = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).map((name) => join(dataDir, name));
      if (user) giveTo(user, dataDir, ...inside);
      chmodSync(dataDir, 0o500);
      const refused = await run(['--data', dataDir, '--engine', 'null']);
      chmodSync(dataDir, 0o700);
      expect(refused).toMatchObject({
        code: 1,
        err: expect.stringContaining('make it a folder that you may write to'),
      });
      expect((await run(['--data', dataDir, '--engine', 'null'])).code).toBe(0);
    },
    TEST_MS_MAX,
  );
});

describe('receipt-ocr that may open few files', () => {
  it(
    'reads all of many images, or says which of them it could not open',
    async () => {
      const names = Array.from({ length: 40 }, (_, n) => write(`${n}.png`));
      const { out } = await run([...names, '--engine', 'null', '--json'], 32);
      const results = JSON.parse(out) as { file: string; document?: object; error?: { message: string } }[];
      expect(results.map(({ file }) => file)).toEqual(names);
      for (const { document, error } of results) {
        if (!document) expect(error?.message).toContain('too much is open');
      }
    },
    TEST_MS_MAX,
  );
});
