// Builds the page into dist: index.html, and everything else under assets with its content's hash in its name.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const HERE = import.meta.dirname;
const OUT = join(HERE, 'dist');

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const { metafile } = await build({
  entryPoints: [join(HERE, 'src/main.tsx')],
  outdir: join(OUT, 'assets'),
  entryNames: 'console-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'safari16'],
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  sourcemap: 'linked',
  legalComments: 'linked',
  metafile: true,
});
const built = Object.keys(metafile.outputs).map((path) => basename(path));
const named = (ending: string) => {
  const name = built.find((each) => each.endsWith(ending));
  if (name === undefined) throw new Error(`The build made no ${ending}.`);
  return `/assets/${name}`;
};
const html = readFileSync(join(HERE, 'src/index.html'), 'utf8')
  .replace('/assets/console.css', named('.css'))
  .replace('/assets/console.js', named('.js'));
writeFileSync(join(OUT, 'index.html'), html);
for (const name of ['icon.svg', 'manifest.webmanifest'])
  writeFileSync(join(OUT, 'assets', name), readFileSync(join(HERE, 'src', name)));
