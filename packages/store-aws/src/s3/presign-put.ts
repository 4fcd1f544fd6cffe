import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import {
  assertLimit,
  OBJECT_BYTES_MAX,
  PRESIGN_EXPIRES_S_MAX,
  type PresignedPut,
  type PresignPutOptions,
  SlipstreamError,
  sha256Schema,
} from '@slipstream/shared';

/**
 * A signed URL for one PUT. The signer would move the checksum and `If-None-Match` into the query, where nothing makes a
 * client keep to them, and leave out the content type: all four are held among the signed headers instead. `client` is
 * made with `requestChecksumCalculation: 'WHEN_REQUIRED'`: otherwise the SDK may sign the CRC32 of an empty body
 * (aws-sdk-js-v3 #6994), as it does wherever no checksum is given.
 */
export async function presignPut(
  client: S3Client,
  bucket: string,
  key: string,
  options: PresignPutOptions,
  signingDate: Date,
): Promise<PresignedPut> {
  assertPresignOptions(options);
  await assertNoChecksumOfItsOwn(client);
  const headers = {
    'content-length': String(options.size),
    'content-type': options.contentType,
    'if-none-match': '*',
    'x-amz-checksum-sha256': Buffer.from(options.sha256, 'hex').toString('base64'),
  };
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    ContentLength: options.size,
    ContentType: headers['content-type'],
    IfNoneMatch: headers['if-none-match'],
    ChecksumSHA256: headers['x-amz-checksum-sha256'],
  });
  const names = Object.keys(headers);
  const url = await getSignedUrl(client, command, {
    expiresIn: options.expiresS,
    signingDate,
    signableHeaders: new Set(['host', ...names]),
    unhoistableHeaders: new Set(names),
  });
  assertSigned(url, names);
  return { method: 'PUT', url, headers };
}

/** The SDK decides what it signs, and has changed its mind before: a URL that binds less than promised is not given out. */
function assertSigned(url: string, names: readonly string[]): void {
  const query = new URL(url).searchParams;
  const signed = new Set(query.get('X-Amz-SignedHeaders')?.split(';'));
  const unsigned = names.filter((name) => !signed.has(name));
  const strays = [...query.keys()].filter((name) => /checksum|crc/i.test(name));
  if (unsigned.length === 0 && strays.length === 0) return;
  throw new SlipstreamError('INTERNAL', `The signature does not bind ${[...unsigned, ...strays].join(', ')}.`);
}

/** While a checksum is given the SDK adds none by itself; that it never does so does not rest on that. */
async function assertNoChecksumOfItsOwn(client: S3Client): Promise<void> {
  if ((await client.config.requestChecksumCalculation()) === 'WHEN_REQUIRED') return;
  throw new SlipstreamError('INTERNAL', "An upload is signed only by a client with checksums 'WHEN_REQUIRED'.");
}

function assertPresignOptions(options: PresignPutOptions): void {
  assertLimit('size', options.size, 0, OBJECT_BYTES_MAX);
  assertLimit('expiresS', options.expiresS, 1, PRESIGN_EXPIRES_S_MAX);
  if (!sha256Schema.safeParse(options.sha256).success) {
    throw new SlipstreamError('REQUEST_INVALID', 'The upload is not valid: sha256 has to be 64 lower-case hex digits.');
  }
}
