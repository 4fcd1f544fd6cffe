import { describe, expect, it } from 'vitest';
import { toStoreError } from '../src/index.ts';

const named = (name: string, message = 'x') => Object.assign(new Error(message), { name });

describe('an error of AWS', () => {
  it.each([
    ['CredentialsProviderError', 'CREDENTIALS_EXPIRED'],
    ['ExpiredTokenException', 'CREDENTIALS_EXPIRED'],
    ['InvalidClientTokenId', 'CREDENTIALS_EXPIRED'],
    ['AccessDenied', 'ACCESS_DENIED'],
    ['AccessDeniedException', 'ACCESS_DENIED'],
    ['QueueDoesNotExist', 'ACCESS_DENIED'],
    ['ThrottlingException', 'STORE_BUSY'],
    ['TimeoutError', 'STORE_UNAVAILABLE'],
    ['Error', 'STORE_UNAVAILABLE'],
  ])('%s is %s, and worth another try later', (name, code) => {
    expect(toStoreError(named(name), 'receiving failed')).toMatchObject({ code, retry: 'later' });
  });

  it('names the command that mends expired credentials, with the profile', () => {
    const error = toStoreError(named('CredentialsProviderError'), 'receiving failed', 'work');
    expect(error.message).toContain('aws sso login --profile work');
  });

  it('says that the clock is wrong where that is why the signature is refused', () => {
    const error = toStoreError(named('SignatureDoesNotMatch', 'Signature expired: 2026…'), 'receiving failed');
    expect(error.message).toContain('clock');
  });

  it('that is one of ours already is left as it is', () => {
    const error = toStoreError(named('AccessDenied'), 'a');
    expect(toStoreError(error, 'b')).toBe(error);
  });
});
