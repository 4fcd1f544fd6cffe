import { readFileSync, statSync } from 'node:fs';
import { FUNCTION_NAMES, type FunctionName } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { bundleOf } from './bundles.ts';

/**
 * Bytes of each function's code, one or two per cent above what it was measured at: Node parses it all before a cold
 * start. What each carries, and since when, is in docs/measurements.md ("Sizes of the functions").
 */
const BYTES_MAX: Readonly<Record<FunctionName, number>> = {
  api: 840_000,
  'submit-job': 610_000,
  'process-ocr-results': 1_770_000,
  'stream-processor': 630_000,
  compaction: 1_430_000,
  'validate-receipt': 955_000,
  'connectivity-probe': 150_000,
  sweeper: 630_000,
};

/** The source files that a bundle has code of. */
function sourcesOf(name: FunctionName): readonly string[] {
  const map: { readonly sources: readonly string[] } = JSON.parse(
    readFileSync(`${bundleOf(name)}/index.mjs.map`, 'utf8'),
  );
  return map.sources;
}
const repositoriesOf = (name: FunctionName) =>
  sourcesOf(name).flatMap((path) => /records\/src\/(?:repositories|uploads)\/([\w-]+)\.ts$/.exec(path)?.[1] ?? []);

describe('a bundle', () => {
  it.each(FUNCTION_NAMES)('of %s is no larger than its bar', (name) => {
    expect(statSync(`${bundleOf(name)}/index.mjs`).size).toBeLessThan(BYTES_MAX[name]);
  });

  it.each(['api', 'submit-job', 'sweeper', 'stream-processor'] as const)(
    'of %s carries neither index nor database client',
    (name) => {
      const heavy = /merchant-index|@lancedb|apache-arrow|node_modules\/pg\/|node_modules\/openai\/|chromadb/;
      expect(sourcesOf(name).filter((path) => heavy.test(path))).toEqual([]);
      expect(readFileSync(`${bundleOf(name)}/index.mjs`, 'utf8')).not.toMatch(/["'`](@lancedb\/lancedb|pg)["'`]/);
    },
  );

  it.each(FUNCTION_NAMES)('of %s carries nothing of the catalogue, which no stack keeps', (name) => {
    const catalogue = /packages\/catalogue\/|pipeline\/src\/catalogue\/|followers\/catalogue\.ts/;
    expect(sourcesOf(name).filter((path) => catalogue.test(path))).toEqual([]);
    expect(readFileSync(`${bundleOf(name)}/index.mjs`, 'utf8')).not.toMatch(/["'`]node:sqlite["'`]/);
  });

  it('of the sweeper carries the repositories that it uses', () => {
    const others = ['caller-images', 'caller-receipts', 'merchants', 'merchant-receipts', 'merchant-changes'];
    const unused = [...others, 'budgets', 'model-reviews', 'place-lookups', 'index-records', 'secrets'];
    expect(repositoriesOf('sweeper').filter((name) => unused.includes(name))).toEqual([]);
    // It goes on with deletions, which remove an image's claims of uploads too.
    expect(repositoriesOf('sweeper')).toEqual(
      expect.arrayContaining(['deletions', 'sweep-positions', 'upload-claims']),
    );
  });

  it('of submit-job carries the repositories that it uses', () => {
    const used = ['documents', 'instant-range', 'jobs', 'parse-record', 'upload-claims', 'uploads'];
    expect(repositoriesOf('submit-job').toSorted()).toEqual(used);
  });
});
