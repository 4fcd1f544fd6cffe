import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMAGE_BYTES_MAX, readImage } from '../../src/read-image.ts';

describe('reading an image', () => {
  it('refuses what is neither bytes nor a path', async () => {
    await expect(readImage(42, undefined)).rejects.toMatchObject({ code: 'invalid_option' });
    await expect(readImage(null, undefined)).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it('does not read a file that is too large', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'read-image-'));
    try {
      const path = join(folder, 'huge.tiff');
      const file = await open(path, 'w');
      await file.truncate(IMAGE_BYTES_MAX + 1);
      await file.close();
      await expect(readImage(path, undefined)).rejects.toMatchObject({ code: 'image_too_large' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
