import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pathOfBytes, systemPath } from '../../src/files/file-path.ts';
import { fileNameOf, findImageFiles, readRegularFile } from '../../src/index.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

it('every sequence of bytes stands as text of its own, and comes back', () => {
  const names = [
    Buffer.from('receipt.jpg'),
    Buffer.from('Käse €5 🧾.jpg'),
    latin1('caf\xe9.jpg'),
    latin1('caf\xe8.jpg'),
    // A character cut short, one too long, a surrogate as CESU-8 has it, and bytes that never occur.
    Buffer.of(0xe2, 0x82),
    Buffer.of(0xc0, 0xaf),
    Buffer.of(0xed, 0xb2, 0x80),
    Buffer.of(0xff, 0xfe, 0x41, 0x80),
    ...Array.from({ length: 128 }, (_, index) => Buffer.of(0x61, 0x80 + index)),
  ];
  const texts = names.map(pathOfBytes);
  expect(new Set(texts).size).toBe(names.length);
  expect(texts.map((text) => Buffer.from(systemPath(text)).toString('hex'))).toEqual(
    names.map((name) => name.toString('hex')),
  );
  expect(texts[1]).toBe('Käse €5 🧾.jpg');
  expect(fileNameOf(texts[2] ?? '')).toBe('caf\ufffd.jpg');
});

/** A Mac's file system takes no such name. */
it.runIf(process.platform === 'linux')(
  'files whose names are no UTF-8 are found in a folder and read; named alone, the reason is said',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipstream-names-'));
    try {
      const inFolder = (name: string) => Buffer.concat([Buffer.from(`${folder}/`), latin1(name)]);
      writeFileSync(inFolder('caf\xe9.jpg'), 'e');
      writeFileSync(inFolder('caf\xe8.JPG'), 'E');
      writeFileSync(inFolder('plain.png'), 'p');
      const { files, refused } = await findImageFiles([folder]);
      expect(refused).toEqual([]);
      const texts = await Promise.all(files.map(async (file) => (await readRegularFile(file, 10)).bytes.toString()));
      expect(texts.sort()).toEqual(['E', 'e', 'p']);
      // What a shell hands over.
      const { refused: named } = await findImageFiles([
        join(folder, readdirSync(folder)[0] ?? ''),
        `${folder}/caf\ufffd.jpg`,
      ]);
      expect(named.at(-1)?.error.message).toContain(
        'its name seems to be no UTF-8: name its folder instead, or rename it',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
