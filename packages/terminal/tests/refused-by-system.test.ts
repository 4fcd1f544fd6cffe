import { closeSync, openSync } from 'node:fs';
import { SlipstreamError } from '@slipstream/shared';
import { expect, it } from 'vitest';
import { refusedBySystem } from '../src/refused-by-system.ts';

it('says what to do about what the system refuses, and of what', () => {
  const refused = Object.assign(new Error('EMFILE: too many open files, scandir'), { code: 'EMFILE', path: 'data' });
  for (const thrown of [refused, SlipstreamError.from(refused)]) {
    expect(refusedBySystem(thrown)).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/^data: .*ulimit -n/),
      details: { error_code: 'EMFILE' },
    });
  }
});

it('leaves everything else as it is', () => {
  let missing: unknown;
  try {
    closeSync(openSync('/no/such/file', 'r'));
  } catch (thrown) {
    missing = thrown;
  }
  for (const thrown of [missing, new Error('other'), new SlipstreamError('NOT_FOUND', 'no'), 'text', null]) {
    expect(refusedBySystem(thrown)).toBeNull();
  }
});
