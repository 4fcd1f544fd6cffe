import { SlipstreamError } from '@slipstream/shared';
import { readBody } from './read-body.ts';

export interface SentFile {
  readonly bytes: Uint8Array;
  /** As a form names it; null for a bare body. */
  readonly name: string | null;
}

/** What a form's borders and headers may take beside the file. */
const FORM_BYTES_MAX = 8_192;
/** Types under which a file is sent as the whole body; `curl --data-binary` says the third when nobody says another. */
const FILE_TYPES = [
  '',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/pdf',
  'application/xml',
  'text/xml',
];
const FORM = 'multipart/form-data';

/** The media type of a body, without its parameters; empty where none is said. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The file of a request: its body, or the file in its form. What it is, its bytes say, not its type. */
export async function readFile(
  request: Request,
  { bodyBytesMax, imageBytesMax }: { readonly bodyBytesMax: number; readonly imageBytesMax: number },
): Promise<SentFile> {
  const type = mediaType(request);
  if (type === FORM) return readForm(request, bodyBytesMax, imageBytesMax);
  if (FILE_TYPES.includes(type) || type.startsWith('image/'))
    return { bytes: await readBody(request, bodyBytesMax, imageBytesMax), name: null };
  throw new SlipstreamError(
    'MEDIA_TYPE_UNSUPPORTED',
    `A body of type ${type} is no photograph: send the file itself, curl --data-binary @receipt.jpg, or as a form, curl -F file=@receipt.jpg.`,
  );
}

async function readForm(request: Request, bodyBytesMax: number, imageBytesMax: number): Promise<SentFile> {
  const body = await readBody(request, bodyBytesMax + FORM_BYTES_MAX, imageBytesMax);
  const files = await filesOf(body, request.headers.get('content-type') ?? '');
  const [file, ...others] = files;
  if (!file || others.length > 0) {
    const found = `The form has ${files.length} files: send one a request`;
    throw new SlipstreamError('REQUEST_INVALID', `${found}, curl -F file=@receipt.jpg.`);
  }
  if (file.size === 0) throw new SlipstreamError('IMAGE_EMPTY', 'The file in the form is empty.');
  return { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name.slice(0, 255) || null };
}

async function filesOf(body: Uint8Array, contentType: string): Promise<readonly File[]> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    return [...form.values()].filter((value) => value instanceof File);
  } catch (cause) {
    const message = 'The form cannot be read: is it cut off? curl -F file=@receipt.jpg sends one.';
    throw new SlipstreamError('REQUEST_INVALID', message, { cause });
  }
}
