import { describe, expect, it } from 'vitest';
import {
  blameOf,
  countsAgainstJob,
  ERROR_MEANINGS,
  type ErrorCode,
  isCuredByBytes,
  isErrorCode,
  isObjectFault,
  SlipstreamError,
} from '../../src/index.ts';

const CODES = Object.keys(ERROR_MEANINGS).filter(isErrorCode);

function codesWhere(matches: (error: SlipstreamError) => boolean): ErrorCode[] {
  return CODES.filter((code) => matches(new SlipstreamError(code, 'It failed.')));
}

describe('blame', () => {
  it('counts no failure of the store, the index, a provider, a right or a setting against a job', () => {
    for (const code of [
      'STORE_BUSY',
      'STORE_UNAVAILABLE',
      'CREDENTIALS_EXPIRED',
      'ACCESS_DENIED',
      'ENGINE_UNAVAILABLE',
      'ABORTED',
      'CONDITION_FAILED',
      'EMBEDDING_UNAVAILABLE',
      'INDEX_EMBEDDING_MISMATCH',
      'INDEX_MISSING',
      'INDEX_UNAVAILABLE',
      'INDEX_VERSION_GONE',
      'CONFIGURATION_INVALID',
    ] as const) {
      expect(countsAgainstJob(new SlipstreamError(code, 'It failed.')), code).toBe(false);
    }
  });

  it('counts what the engine, the time and the unexpected do to a job, or it would be tried for ever', () => {
    for (const code of ['ENGINE_FAILED', 'TIME_EXHAUSTED', 'INTERNAL'] as const) {
      expect(countsAgainstJob(new SlipstreamError(code, 'It failed.')), code).toBe(true);
    }
    expect(blameOf(new TypeError('a defect'))).toBe('job');
  });

  it('blames the input only for what fails again', () => {
    expect(codesWhere((error) => blameOf(error) === 'input' && error.retry !== 'never')).toEqual([]);
    expect(codesWhere((error) => error.code.startsWith('IMAGE_') && blameOf(error) !== 'input')).toEqual([]);
  });

  it('goes on without one object, never without the store', () => {
    expect(codesWhere(isObjectFault).sort()).toEqual([
      'DOCUMENT_INVALID',
      'LIMIT_EXCEEDED',
      'OBJECT_LOST',
      'OBJECT_NOT_FOUND',
    ]);
    expect(isObjectFault(new Error('a defect'))).toBe(false);
  });

  it('knows which failures the right bytes cure', () => {
    expect(CODES.filter(isCuredByBytes).sort()).toEqual(['IMAGE_HASH_MISMATCH', 'OBJECT_LOST', 'OBJECT_NOT_FOUND']);
    expect(isCuredByBytes('A_CODE_OF_A_LATER_RELEASE')).toBe(false);
  });
});
