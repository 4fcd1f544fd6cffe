import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUNCTION_NAMES } from '@slipstream/shared';
import { expect, test } from 'vitest';
import { DIRECT_UPLOAD_BYTES_MAX } from '../src/bundles/bundle.ts';
import { BUNDLES_DIR, bundlePath, readBundles } from '../src/bundles/bundle-files.ts';
import { compareVersions, readElf } from '../src/bundles/elf.ts';
import { makeZip } from '../src/bundles/zip.ts';
import { isVectorFunction } from '../src/environments/vector-functions.ts';
import { synthesised } from './support/synthesised.ts';

/** Lambda allows 250 MB with all layers; ten are left for what comes. */
const UNZIPPED_BYTES_MAX = 240_000_000;
/** Of Amazon Linux 2023, which the runtime stands on. */
const GLIBC_MAX = '2.34';

const native = join(import.meta.dirname, '../.native');
const modules = existsSync(native)
  ? readdirSync(native).flatMap((version) =>
      readdirSync(join(native, version))
        .filter((file) => file.endsWith('.node'))
        .map((file) => join(native, version, file)),
    )
  : [];
const bundled = FUNCTION_NAMES.filter((name) => existsSync(bundlePath(BUNDLES_DIR, name)));
if (bundled.length < FUNCTION_NAMES.length || modules.length === 0)
  console.warn('BUNDLES NOT TESTED: npm run bundle has not been run here.');

test.skipIf(bundled.length === 0).each(bundled)('%s fits into Lambda', (name) => {
  const listing = spawnSync('unzip', ['-l', bundlePath(BUNDLES_DIR, name)], { encoding: 'utf8' }).stdout;
  const unzipped = Number(/^\s*(\d+)\s.*\d+ files?$/m.exec(listing)?.[1]);
  expect(unzipped).toBeGreaterThan(0);
  expect(unzipped).toBeLessThanOrEqual(UNZIPPED_BYTES_MAX);
  // What is larger goes through S3.
  if (!isVectorFunction(name))
    expect(statSync(bundlePath(BUNDLES_DIR, name)).size).toBeLessThanOrEqual(DIRECT_UPLOAD_BYTES_MAX);
});

test('vector functions go through S3, the others directly', () => {
  const stack = synthesised();
  for (const name of FUNCTION_NAMES) {
    const fn = stack.one('aws_lambda_function', `functions_${name}_`);
    expect(fn.s3_key !== undefined, name).toBe(isVectorFunction(name));
    expect(fn.filename !== undefined, name).toBe(!isVectorFunction(name));
  }
});

test.skipIf(modules.length === 0)('the vector module is for Graviton, and for a glibc that Lambda has', () => {
  for (const path of modules) {
    const { machine, glibc } = readElf(readFileSync(path));
    expect(machine).toBe('aarch64');
    expect(compareVersions(glibc ?? '0', GLIBC_MAX)).toBeLessThanOrEqual(0);
  }
});

test.skipIf(process.platform !== 'linux')('an ELF file says what it needs, as readelf reads it', () => {
  const { machine, glibc } = readElf(readFileSync(process.execPath));
  expect(machine).toBe(process.arch === 'arm64' ? 'aarch64' : 'x86_64');
  expect(glibc).toMatch(/^2\.\d+$/);
  expect(() => readElf(Buffer.alloc(64))).toThrow('no ELF');
});

test('versions compare by number', () => {
  expect(['2.17', '2.4', '2.34', '2.3.4'].toSorted(compareVersions)).toEqual(['2.3.4', '2.4', '2.17', '2.34']);
});

test('the same files make the same zip, which unzip reads', () => {
  const files = { 'b/index.mjs': Buffer.from('export {};\n'), 'a.json': Buffer.alloc(100_000, '{}') };
  const zip = makeZip(files);
  expect(zip.equals(makeZip(Object.fromEntries(Object.entries(files).toReversed())))).toBe(true);
  const folder = mkdtempSync(join(tmpdir(), 'slipstream-zip-'));
  writeFileSync(join(folder, 'x.zip'), zip);
  const { status, stdout } = spawnSync('unzip', ['-q', 'x.zip', '-d', 'out'], { cwd: folder, encoding: 'utf8' });
  expect(status, stdout).toBe(0);
  expect(readFileSync(join(folder, 'out/b/index.mjs'))).toEqual(files['b/index.mjs']);
  // Lambda reads as another user than the file's owner.
  expect(statSync(join(folder, 'out/a.json')).mode & 0o444).toBe(0o444);
});

test('a missing bundle is named with the command that makes it', () => {
  expect(() => readBundles('/nowhere')).toThrow(/api, submit-job.*npm run bundle/);
});
