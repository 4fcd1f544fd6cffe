import { builtins } from './builtins.ts';
import { MacVisionError } from './mac-vision-error.ts';

/** A 100-megapixel HEIC is some 30 MB, the same as an uncompressed TIFF 300 MB. */
export const IMAGE_BYTES_MAX = 400 * 1024 * 1024;
/** Vision holds the decoded image: 4 bytes a pixel and more. */
export const IMAGE_PIXELS_MAX = 300_000_000;

/** The bytes of an image that was given as bytes or by its path. */
export async function readImage(image: unknown, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (image instanceof Uint8Array) return within(image.byteLength, image);
  if (typeof image !== 'string') {
    throw new MacVisionError('invalid_option', 'image must be a Uint8Array or the path of a file');
  }
  const { readFile, stat } = builtins.fsPromises();
  try {
    // The size first: a file that is too large is not read.
    within((await stat(image)).size, image);
    const bytes = await readFile(image, { signal });
    return within(bytes.byteLength, bytes);
  } catch (cause) {
    if (cause instanceof MacVisionError) throw cause;
    signal?.throwIfAborted();
    throw new MacVisionError('unreadable_file', `${image} cannot be read`, { cause });
  }
}

function within<T>(bytes: number, value: T): T {
  if (bytes <= IMAGE_BYTES_MAX) return value;
  throw new MacVisionError('image_too_large', `the image has ${bytes} bytes, more than ${IMAGE_BYTES_MAX}`);
}
