/**
 * `npm run pack-publishable -- [folder]`: lays out what goes to npm and packs it. Within this repository the package exports
 * its sources; what is published exports the bundle, its types, the native sources and the prebuilt addons that are there.
 * Prints the tarball's path.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const source = resolve(import.meta.dirname, '..');
const layout = join(source, 'build/publish');
const destination = resolve(process.argv[2] ?? join(source, 'build'));
const SHIPPED = ['dist', 'native', 'binding.gyp', 'README.md', 'prebuilds'];
const LICENSE = resolve(source, '../../LICENSE');

function npm(args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  console.error(stderr);
  process.exit(status ?? 1);
}

npm(['run', '--silent', 'build'], source);
rmSync(layout, { recursive: true, force: true });
mkdirSync(layout, { recursive: true });
for (const entry of SHIPPED.filter((name) => existsSync(join(source, name)))) {
  cpSync(join(source, entry), join(layout, entry), { recursive: true });
}
if (existsSync(LICENSE)) cpSync(LICENSE, join(layout, 'LICENSE'));

const {
  private: _private,
  devDependencies: _development,
  ...manifest
} = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const published = {
  ...manifest,
  exports: { '.': { types: './dist/types/index.d.ts', default: './dist/index.js' } },
  // No install script: nothing is compiled or fetched when somebody installs.
  scripts: { 'build:native': 'node-gyp rebuild' },
};
writeFileSync(join(layout, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
mkdirSync(destination, { recursive: true });
const packed: { filename: string }[] = JSON.parse(npm(['pack', '--json', '--pack-destination', destination], layout));
console.log(join(destination, packed[0]?.filename ?? ''));
