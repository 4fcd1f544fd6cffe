import { createHash } from 'node:crypto';
import type { PresignedPut } from '@slipstream/shared';
import { isSignatureValid } from '../sigv4.ts';

/**
 * Sends a presigned PUT as an HTTP client does, with what S3 checks and a test server does not in front: the signature
 * over the headers that are really sent, the URL's time, the checksum against the bytes.
 */
export async function uploadAsS3({ method, url, headers }: PresignedPut, body: Uint8Array): Promise<number> {
  const sent: Record<string, string> = { ...headers, 'content-length': String(body.byteLength) };
  const secretKey = process.env.AWS_SECRET_ACCESS_KEY ?? '';
  if (!isSignatureValid({ method, url, headers: sent }, secretKey, new Date())) return 403;
  const digest = createHash('sha256').update(body).digest('base64');
  if (sent['x-amz-checksum-sha256'] !== digest) return 400;
  const { status } = await fetch(url, { method, headers: sent, body: Buffer.from(body) });
  return status;
}
