import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PACKAGE = resolve(import.meta.dirname, '../..');
const PACK_TIMEOUT_MS = 60_000;

function run(program: string, args: string[], cwd: string): string {
  const ran = spawnSync(program, args, { cwd, encoding: 'utf8' });
  expect(ran.status, ran.stderr).toBe(0);
  return ran.stdout.trim();
}

describe('what is published', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'published-'));
    const tarball = run(process.execPath, ['scripts/pack-publishable.ts', folder], PACKAGE);
    const installed = join(folder, 'node_modules/node-mac-vision');
    mkdirSync(installed, { recursive: true });
    run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'], folder);
  }, PACK_TIMEOUT_MS);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has no install script, runs on any platform, and depends on nothing that runs', () => {
    const script = "console.log(JSON.stringify(require('./node_modules/node-mac-vision/package.json')))";
    const manifest: Record<string, unknown> = JSON.parse(run(process.execPath, ['-e', script], folder));
    expect(manifest).toMatchObject({
      name: 'node-mac-vision',
      gypfile: false,
      scripts: { 'build:native': 'node-gyp rebuild' },
    });
    for (const field of ['private', 'os', 'cpu', 'devDependencies']) expect(manifest).not.toHaveProperty(field);
  });

  it('is imported where there is no Vision, and says so', () => {
    const script = `
      import { info, recognizeText } from 'node-mac-vision';
      const refused = await recognizeText('receipt.heic', { isolated: true }).catch(({ code }) => code);
      console.log(JSON.stringify([info().available, refused]));`;
    const said = run(process.execPath, ['--input-type=module', '-e', script], folder);
    expect(JSON.parse(said)).toEqual(
      process.platform === 'darwin' ? [true, 'unreadable_file'] : [false, 'unavailable'],
    );
  });

  it('has types that a strict program can use', () => {
    const program = `import { createMacVision, type Recognition } from 'node-mac-vision';
      const read: Promise<Recognition> = createMacVision({ isolated: true }).recognizeText('a.heic', { level: 'fast' });
      export const words = async (): Promise<string[]> => (await read).lines.flatMap((line) => line.words.map((word) => word.text));`;
    writeFileSync(join(folder, 'program.ts'), program);
    const tsc = resolve(PACKAGE, '../../node_modules/typescript/bin/tsc');
    const types = resolve(PACKAGE, '../../node_modules/@types');
    const flags = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--typeRoots', types];
    run(process.execPath, [tsc, ...flags, '--types', 'node', 'program.ts'], folder);
  });
});
