import { expect } from 'vitest';
import type { ErrorCode } from '../src/errors/error-codes.ts';
import type { SlipstreamError } from '../src/errors/slipstream-error.ts';
import { isSlipstreamError } from '../src/errors/slipstream-error.ts';

/** The promise rejects with this code; returns the error, for its details. */
export async function expectError(promise: Promise<unknown>, code: ErrorCode): Promise<SlipstreamError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  );
  if ('value' in outcome) expect.fail(`resolved with ${JSON.stringify(outcome.value)} instead of ${code}`);
  if (!isSlipstreamError(outcome.thrown)) throw outcome.thrown;
  expect(outcome.thrown.code).toBe(code);
  return outcome.thrown;
}
