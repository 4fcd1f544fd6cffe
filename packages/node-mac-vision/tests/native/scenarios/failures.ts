import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMacVision } from '../../../src/index.ts';
import { fakeImage, rectangle } from '../fake-image.ts';
import type { Scenario } from '../scenario.ts';

const LINES = [{ text: 'read', quad: rectangle(0.1, 0.1, 0.5, 0.1) }];

function recognize(image: Uint8Array | string, options = {}) {
  return createMacVision().recognizeText(image, options);
}

export const failureScenarios: Scenario[] = [
  {
    name: 'bytes that are no image, in every way that this can show',
    async run() {
      const cases = [
        Buffer.from('not an image'),
        Buffer.alloc(0),
        Buffer.from('FAKEIMG{'),
        fakeImage({ noHeader: true }),
        fakeImage({ width: 0 }),
        fakeImage({ error: { code: 13, message: 'broken' } }),
      ];
      for (const bytes of cases) await assert.rejects(recognize(bytes), { code: 'not_an_image' });
    },
  },
  {
    name: 'more pixels than Vision should hold',
    async run() {
      await assert.rejects(recognize(fakeImage({ width: 30_000, height: 30_000 })), { code: 'image_too_large' });
    },
  },
  {
    name: "an error keeps Vision's words, domain and code",
    async run() {
      const image = fakeImage({ error: { code: 9, message: 'e5rt: geht nicht – 失敗' } });
      await assert.rejects(recognize(image), {
        code: 'vision_failed',
        message: 'e5rt: geht nicht – 失敗 (com.apple.Vision 9)',
        native: { domain: 'com.apple.Vision', nativeCode: 9 },
      });
    },
  },
  {
    name: 'a failure without an error, and success without a result, are failures',
    async run() {
      await assert.rejects(recognize(fakeImage({ error: 'silent' })), { code: 'vision_failed' });
      await assert.rejects(recognize(fakeImage({ noResults: true })), { code: 'vision_failed' });
    },
  },
  {
    name: 'an Objective-C exception is an error with its name and reason',
    async run() {
      await assert.rejects(recognize(fakeImage({ throw: 'NSInvalidArgumentException' })), {
        code: 'exception',
        message: 'thrown by Vision (NSInvalidArgumentException 0)',
      });
    },
  },
  {
    name: 'a cancel that nobody asked for is said',
    async run() {
      await assert.rejects(recognize(fakeImage({ error: { code: 1, message: 'stopped' } })), { code: 'cancelled' });
    },
  },
  {
    name: 'a language that the level does not read is refused before Vision sees it',
    async run() {
      await assert.rejects(recognize(fakeImage(), { languages: ['xx-XX'] }), { code: 'unsupported_language' });
      await assert.rejects(recognize(fakeImage(), { level: 'fast', languages: ['zh-Hans'] }), {
        code: 'unsupported_language',
      });
      await recognize(fakeImage(), { languages: ['zh-Hans', 'en-US'] });
    },
  },
  {
    name: 'a file by its path, and one that is not there',
    async run() {
      const folder = await mkdtemp(join(tmpdir(), 'mac-vision-'));
      try {
        const path = join(folder, 'receipt.png');
        await writeFile(path, fakeImage({ lines: LINES }));
        assert.equal((await recognize(path)).lines[0]?.text, 'read');
        await assert.rejects(recognize(join(folder, 'none.png')), { code: 'unreadable_file' });
        await assert.rejects(recognize(folder), { code: 'unreadable_file' });
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  },
  {
    // Keep last in this process: the stand-in's accurate recogniser stays broken, as the real one was seen to.
    name: 'where accurate recognition is broken, fast stands in if asked, and says so',
    async run() {
      await assert.rejects(recognize(fakeImage({ poison: true })), { code: 'vision_failed' });
      const image = fakeImage({ lines: LINES });
      await assert.rejects(recognize(image), { code: 'vision_failed' });
      const result = await recognize(image, { fallbackToFast: true, languages: ['zh-Hans', 'en-US'] });
      assert.equal(result.level, 'fast');
      assert.equal(result.lines[0]?.text, 'read');
      assert.deepEqual(result.fallback, {
        from: 'accurate',
        reason: 'the recogniser is broken for good (com.apple.Vision 9)',
      });
      assert.equal((await recognize(image, { level: 'fast', fallbackToFast: true })).fallback, undefined);
      const unreadable = recognize(Buffer.from('no image'), { fallbackToFast: true });
      await assert.rejects(unreadable, { code: 'not_an_image' });
    },
  },
];
