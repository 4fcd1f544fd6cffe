import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FUNCTION_NEEDS, functionNeedsSchema } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { writeBundle } from '../runtime-api/write-bundle.ts';
import { builtFunctions, bundleOf } from './bundles.ts';

const REFUSE = fileURLToPath(new URL('refuse-network.ts', import.meta.url));
const BUNDLE_BYTES_MAX = 2_500_000;

/** What a module touched while it was imported, with all sockets refused. */
function touchedByImport(module: string): readonly string[] {
  const program = `import(${JSON.stringify(pathToFileURL(module).href)}).catch((error) => { console.error(error); process.exit(1); })`;
  const output = execFileSync(process.execPath, ['--import', REFUSE, '--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', AWS_REGION: 'us-east-1', OPENAI_API_KEY: 'not to be read' },
  });
  return JSON.parse(output);
}

describe('a bundle', () => {
  it('is there for every function that declares its needs', () => {
    expect(builtFunctions()).toEqual(Object.keys(FUNCTION_NEEDS).toSorted());
  });

  it.each(builtFunctions())('%s touches neither the network nor a secret while it is imported', (name) => {
    // From a folder with nothing beside it: what is not in the bundle would not be found.
    const alone = writeBundle(readFileSync(`${bundleOf(name)}/index.mjs`, 'utf8'));
    expect(touchedByImport(`${alone}/index.mjs`)).toEqual([]);
  });

  it.each([
    ['connects', `import net from 'node:net'; try { net.connect(80, '127.0.0.1'); } catch {}`, 'net.connect'],
    [
      'resolves a name',
      `import dns from 'node:dns'; try { dns.lookup('localhost', () => {}); } catch {}`,
      'dns.lookup',
    ],
    ['fetches', `try { fetch('http://127.0.0.1'); } catch {}`, 'fetch'],
    ['reads a key', `globalThis.key = process.env.OPENAI_API_KEY;`, 'process.env.OPENAI_API_KEY'],
  ])('that %s would be caught, even when it swallows the refusal', (_, source, touched) => {
    expect(touchedByImport(`${writeBundle(source)}/index.mjs`)).toEqual([touched]);
  });

  it.each(builtFunctions())('%s is small enough to start quickly', (name) => {
    expect(statSync(`${bundleOf(name)}/index.mjs`).size).toBeLessThanOrEqual(BUNDLE_BYTES_MAX);
  });

  it.each(builtFunctions())('%s ships the needs that are declared beside its source', (name) => {
    const shipped = functionNeedsSchema.parse(JSON.parse(readFileSync(`${bundleOf(name)}/needs.json`, 'utf8')));
    expect(shipped).toEqual(Object.values(FUNCTION_NEEDS).find((declared) => declared.function === name));
  });
});
