import { createHash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import type { PresignedPut } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { S3ObjectStore } from '../src/index.ts';
import { presignPut } from '../src/s3/presign-put.ts';
import { isSignatureValid } from './sigv4.ts';

const SECRET = 'wJalrXUtnFEMI-not-a-real-key';
const BYTES = Buffer.from('the bytes of a photograph');
const OPTIONS = {
  size: BYTES.byteLength,
  sha256: createHash('sha256').update(BYTES).digest('hex'),
  contentType: 'image/heic',
  expiresS: 300,
};

describe('a presigned PUT', () => {
  let request: PresignedPut;
  beforeEach(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
    vi.stubEnv('AWS_SESSION_TOKEN', 'a-session');
    vi.stubEnv('AWS_ENDPOINT_URL', '');
    request = await new S3ObjectStore('receipts-raw', { region: 'eu-central-1' }).presignPut('raw/a b', OPTIONS);
  });
  afterEach(() => vi.unstubAllEnvs());

  const query = () => new URL(request.url).searchParams;
  const isTaken = (headers: Readonly<Record<string, string>>, url = request.url, at = new Date()) =>
    isSignatureValid({ method: 'PUT', url, headers }, SECRET, at);

  it('signs length, type, SHA-256 and If-None-Match as headers', () => {
    expect(query().get('X-Amz-SignedHeaders')?.split(';').toSorted()).toEqual([
      'content-length',
      'content-type',
      'host',
      'if-none-match',
      'x-amz-checksum-sha256',
    ]);
    expect(request.headers).toEqual({
      'content-length': String(BYTES.byteLength),
      'content-type': 'image/heic',
      'if-none-match': '*',
      'x-amz-checksum-sha256': createHash('sha256').update(BYTES).digest('base64'),
    });
  });

  it('signs no checksum of an empty body, and moves none of them into the query', () => {
    expect(request.url).not.toMatch(/crc/i);
    expect([...query().keys()].toSorted()).toEqual([
      'X-Amz-Algorithm',
      'X-Amz-Content-Sha256',
      'X-Amz-Credential',
      'X-Amz-Date',
      'X-Amz-Expires',
      'X-Amz-Security-Token',
      'X-Amz-Signature',
      'X-Amz-SignedHeaders',
      'x-id',
    ]);
  });

  it('is made by a client that adds no checksum of its own, whatever the environment asks for', async () => {
    vi.stubEnv('AWS_REQUEST_CHECKSUM_CALCULATION', 'WHEN_SUPPORTED');
    const { url } = await new S3ObjectStore('receipts-raw', { region: 'eu-central-1' }).presignPut('raw/a', OPTIONS);
    const names = [...new URL(url).searchParams.keys()].map((name) => name.toLowerCase());
    expect(names.filter((name) => name.startsWith('x-amz-checksum') || name.includes('sdk-checksum'))).toEqual([]);
    const plain = new S3Client({ region: 'eu-central-1' });
    await expect(presignPut(plain, 'receipts-raw', 'raw/a', OPTIONS, new Date())).rejects.toThrow('WHEN_REQUIRED');
  });

  it('goes to the bucket by name, and holds for as long as was asked', () => {
    expect(request.url).toMatch(/^https:\/\/receipts-raw\.s3\.eu-central-1\.amazonaws\.com\/raw\/a%20b\?/);
    expect(query().get('X-Amz-Expires')).toBe('300');
    expect(isTaken(request.headers)).toBe(true);
    expect(isTaken(request.headers, request.url, new Date(Date.now() + 310_000))).toBe(false);
  });

  it.each(['content-length', 'content-type', 'if-none-match', 'x-amz-checksum-sha256'])(
    'is refused with another %s, or without',
    (name) => {
      expect(isTaken({ ...request.headers, [name]: '1' })).toBe(false);
      const { [name]: _, ...others } = request.headers;
      expect(isTaken(others)).toBe(false);
    },
  );

  it('is refused for another key, and with another time', () => {
    expect(isTaken(request.headers, request.url.replace('a%20b', 'a%20c'))).toBe(false);
    expect(isTaken(request.headers, request.url.replace('X-Amz-Expires=300', 'X-Amz-Expires=900'))).toBe(false);
  });
});
