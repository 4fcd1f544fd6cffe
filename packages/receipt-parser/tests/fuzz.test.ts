import { describe, expect, it } from 'vitest';
import { fuzzCase } from '../scripts/fuzz/fuzz-case.ts';
import { longDocument } from '../scripts/synthetic/long-document.ts';
import { parseDocument } from '../src/index.ts';

const CASES = 800;
/** On a busy machine; alone it is a second or two. */
const TIMEOUT_MS = 60_000;
const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };

describe('any document that passes the schema', () => {
  it('parses without throwing, to receipts that pass theirs (the long run is `npm run fuzz`)', {
    timeout: TIMEOUT_MS,
  }, () => {
    const failures = Array.from({ length: CASES }, (_, i) => ({
      seed: 77_000_000 + i,
      failure: fuzzCase(77_000_000 + i),
    })).filter(({ failure }) => failure !== null);
    expect(failures).toEqual([]);
  });

  it('parses in time that grows with its length, not with its square', { timeout: TIMEOUT_MS }, () => {
    const ms = (lines: number): number => {
      const document = longDocument(lines);
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 3; round += 1) {
        const { user } = process.cpuUsage();
        parseDocument(document, IDS);
        best = Math.min(best, (process.cpuUsage().user - user) / 1000);
      }
      return best;
    };
    ms(500);
    // Eight times the lines may take 24 times the time; squared it would be 64.
    expect(ms(4000)).toBeLessThan(24 * Math.max(ms(500), 2));
  });
});
