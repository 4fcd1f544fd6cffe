import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  assertLimit,
  type Clock,
  OBJECT_BYTES_MAX,
  PRESIGN_EXPIRES_S_MAX,
  type PresignedPut,
  type PresignPutOptions,
  SlipstreamError,
  sha256Schema,
} from '@slipstream/shared';

/** Headers that the signature covers, with S3's names, so that a client needs to know only one kind of URL. */
const SIGNED_HEADERS = ['content-length', 'content-type', 'if-none-match', 'x-amz-checksum-sha256'] as const;
type SignedHeaders = Readonly<Record<(typeof SIGNED_HEADERS)[number], string>>;

/** What a signed request may put, and where. */
export interface UploadPermit {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Base64. */
  readonly sha256: string;
  readonly contentType: string;
}

export type UploadRequest = Pick<Request, 'method' | 'url' | 'headers' | 'body'>;

/** Signs URLs for one PUT, and checks the requests that come to them. Both sides hold the data folder's secret. */
export class PresignedUploads {
  readonly #secret: Uint8Array;
  readonly #baseUrl: (() => string) | null;
  readonly #clock: Clock;

  /** `baseUrl` is asked for each time: a port may be known only when somebody listens on it. */
  constructor(secret: Uint8Array, baseUrl: (() => string) | null, clock: Clock) {
    this.#secret = secret;
    this.#baseUrl = baseUrl;
    this.#clock = clock;
  }

  presign(bucket: string, key: string, options: PresignPutOptions): PresignedPut {
    assertLimit('size', options.size, 0, OBJECT_BYTES_MAX);
    assertLimit('expiresS', options.expiresS, 1, PRESIGN_EXPIRES_S_MAX);
    if (!sha256Schema.safeParse(options.sha256).success) throw invalid('sha256 has to be 64 lower-case hex digits');
    const headers: SignedHeaders = {
      'content-length': String(options.size),
      'content-type': options.contentType,
      'if-none-match': '*',
      'x-amz-checksum-sha256': Buffer.from(options.sha256, 'hex').toString('base64'),
    };
    const expires = String(Math.floor(this.#clock.now() / 1000) + options.expiresS);
    const signature = this.#sign(bucket, key, expires, headers).toString('hex');
    const path = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
    return { method: 'PUT', url: `${this.#base()}/${path}?expires=${expires}&signature=${signature}`, headers };
  }

  /** `REQUEST_INVALID` for everything that `presign` did not sign, or whose time is over. */
  permit({ method, url, headers }: UploadRequest): UploadPermit {
    const { pathname, searchParams } = new URL(url);
    const expires = searchParams.get('expires') ?? '';
    const sent = sentHeaders(headers);
    const { bucket, key } = this.#target(pathname);
    const expected = this.#sign(bucket, key, expires, sent);
    const given = Buffer.from(searchParams.get('signature') ?? '', 'hex');
    if (method !== 'PUT' || given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw invalid('its signature does not match; send the URL and the headers as they were given');
    }
    if (Number(expires) * 1000 <= this.#clock.now()) throw invalid('its URL has expired; ask for a new one');
    const size = Number(sent['content-length']);
    return { bucket, key, size, sha256: sent['x-amz-checksum-sha256'], contentType: sent['content-type'] };
  }

  #target(pathname: string): { readonly bucket: string; readonly key: string } {
    const basePath = new URL(this.#base()).pathname.replace(/\/$/, '');
    if (!pathname.startsWith(`${basePath}/`)) throw invalid('its URL is not one for uploads');
    const [bucket = '', ...segments] = pathname
      .slice(basePath.length + 1)
      .split('/')
      .map(decodeSegment);
    return { bucket, key: segments.join('/') };
  }

  #sign(bucket: string, key: string, expires: string, headers: SignedHeaders): Buffer {
    const signed = JSON.stringify(['PUT', bucket, key, expires, SIGNED_HEADERS.map((name) => headers[name])]);
    return createHmac('sha256', this.#secret).update(signed).digest();
  }

  #base(): string {
    if (this.#baseUrl !== null) return this.#baseUrl().replace(/\/+$/, '');
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      'No address for uploads is set, so none can be signed; set uploadBaseUrl.',
    );
  }
}

function sentHeaders(headers: Headers): SignedHeaders {
  const value = (name: keyof SignedHeaders) => headers.get(name) ?? '';
  return {
    'content-length': value('content-length'),
    'content-type': value('content-type'),
    'if-none-match': value('if-none-match'),
    'x-amz-checksum-sha256': value('x-amz-checksum-sha256'),
  };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new SlipstreamError('REQUEST_INVALID', 'The upload is not valid: its URL is not well encoded.', { cause });
  }
}

function invalid(fault: string): SlipstreamError {
  return new SlipstreamError('REQUEST_INVALID', `The upload is not valid: ${fault}.`);
}
