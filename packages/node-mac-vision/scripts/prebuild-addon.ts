/**
 * `npm run prebuild-addon -- [arm64] [x64]`: builds the addon on a Mac and puts it where the loader looks first. One binary an
 * architecture serves every version of Node: the addon uses Node-API only.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ARCHITECTURES = ['arm64', 'x64'];
const source = resolve(import.meta.dirname, '..');

if (process.platform !== 'darwin') {
  console.error(
    `The addon is built on macOS; this is ${process.platform}. On Linux \`npm run check:mac\` checks that it builds.`,
  );
  process.exit(1);
}

function run(program: string, args: string[]): void {
  const { status } = spawnSync(program, args, { cwd: source, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const asked = process.argv.slice(2);
const unknown = asked.filter((arch) => !ARCHITECTURES.includes(arch));
if (unknown.length > 0) {
  console.error(`There is no addon for ${unknown.join(', ')}, only for ${ARCHITECTURES.join(' and ')}.`);
  process.exit(1);
}
for (const arch of asked.length > 0 ? asked : ARCHITECTURES) {
  run('npx', ['node-gyp', 'rebuild', `--arch=${arch}`]);
  const folder = join(source, 'prebuilds', `darwin-${arch}`);
  mkdirSync(folder, { recursive: true });
  const addon = join(folder, 'mac_vision.node');
  copyFileSync(join(source, 'build/Release/mac_vision.node'), addon);
  // Local symbols only: Node looks the module's entry point up by name. Stripping voids the signature that arm64 demands.
  run('strip', ['-x', addon]);
  run('codesign', ['--force', '--sign', '-', addon]);
  console.log(addon);
}
