/**
 * Keeps what is needed of a release to test upgrades and ways back: its data (a data folder, a dump of a table) and its
 * code that reads data, as one bundle. Usage: npm run upgrades:make -- GIT_REF NAME, in a clone that has the ref.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const [ref, name] = process.argv.slice(2);
if (!ref || !name) {
  process.stderr.write('Usage: npm run upgrades:make -- GIT_REF NAME\n');
  process.exit(1);
}

const sources = mkdtempSync(join(tmpdir(), 'slipstream-release-'));
try {
  const archive = execFileSync('git', ['archive', '--format=tar', ref], { cwd: root, maxBuffer: 1_073_741_824 });
  execFileSync('tar', ['-x', '-C', sources], { input: archive });
  linkModules(sources);
  const workshop = join(sources, 'tools/system/upgrades');
  // A release from before there was this script is served by that of today, where its packages still fit.
  for (const file of ['generate-data.ts', 'use-folder.ts'])
    if (!existsSync(join(workshop, file))) cpSync(join(here, file), join(workshop, file));
  const release = join(here, 'releases', name);
  rmSync(release, { recursive: true, force: true });
  mkdirSync(release, { recursive: true });
  execFileSync(process.execPath, [join(workshop, 'generate-data.ts'), release], { stdio: 'inherit' });
  await build({
    entryPoints: [join(workshop, 'use-folder.ts')],
    outfile: join(release, 'use-folder.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    legalComments: 'inline',
    // Packages in it are CommonJS.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const { size } = statSync(join(release, 'use-folder.mjs'));
  process.stdout.write(`${release}: use-folder.mjs has ${size} bytes\n`);
} finally {
  rmSync(sources, { recursive: true, force: true });
}

/** The release's own packages; everybody else's are those that are installed here. */
function linkModules(to: string): void {
  const modules = join(to, 'node_modules');
  mkdirSync(join(modules, '@slipstream'), { recursive: true });
  for (const entry of readdirSync(join(root, 'node_modules')))
    if (entry !== '@slipstream') symlinkSync(join(root, 'node_modules', entry), join(modules, entry));
  for (const group of ['packages', 'apps', 'tools']) {
    for (const folder of readdirSync(join(to, group))) {
      const from = join(to, group, folder);
      if (!existsSync(join(from, 'package.json'))) continue;
      const { name: full } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
      if (full.startsWith('@slipstream/')) symlinkSync(from, join(modules, full));
      const own = join(root, group, folder, 'node_modules');
      if (existsSync(own)) symlinkSync(own, join(from, 'node_modules'));
    }
  }
}
