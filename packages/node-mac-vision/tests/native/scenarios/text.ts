import assert from 'node:assert/strict';
import { createMacVision, type Line } from '../../../src/index.ts';
import { type FakeLine, fakeImage, rectangle } from '../fake-image.ts';
import type { Scenario } from '../scenario.ts';
import { assertQuad } from './reading.ts';

const QUAD = rectangle(0.1, 0.2, 0.5, 0.05);

async function read(line: FakeLine, level: 'accurate' | 'fast' = 'fast'): Promise<Line> {
  const result = await createMacVision().recognizeText(fakeImage({ lines: [line] }), { level });
  const [first] = result.lines;
  assert.ok(first, 'there is a line');
  return first;
}

const texts = (parts: readonly { text: string }[] | undefined) => parts?.map(({ text }) => text);

export const textScenarios: Scenario[] = [
  {
    name: 'words and characters keep whole code points and composed sequences',
    async run() {
      const line = await read({ text: 'a\u{1F600}b e\u0301x', quad: QUAD });
      assert.equal(line.text, 'a\u{1F600}b e\u0301x');
      assert.deepEqual(texts(line.words), ['a\u{1F600}b', 'e\u0301x']);
      assert.deepEqual(texts(line.characters), ['a', '\u{1F600}', 'b', 'e\u0301', 'x']);
    },
  },
  {
    name: 'white space of every kind separates words, and belongs to none',
    async run() {
      const line = await read({ text: '\u3000 a\tb\u00a0c \n d\u2003', quad: QUAD });
      assert.deepEqual(texts(line.words), ['a', 'b', 'c', 'd']);
      assert.deepEqual(texts(line.characters), ['a', 'b', 'c', 'd']);
    },
  },
  {
    name: 'a NUL, a byte order mark and halves of surrogate pairs pass as they are',
    async run() {
      const text = '\udc00a\u0000b \ufeffc\ud83d d\ud83d';
      const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
      for (const level of ['fast', 'accurate'] as const) {
        const line = await read({ units, quad: QUAD }, level);
        assert.equal(line.text, text);
        assert.deepEqual(texts(line.words), ['\udc00a\u0000b', '\ufeffc\ud83d', 'd\ud83d']);
      }
    },
  },
  {
    name: 'right-to-left and CJK text',
    async run() {
      assert.deepEqual(texts((await read({ text: 'סך הכל', quad: QUAD })).words), ['סך', 'הכל']);
      assert.deepEqual(texts((await read({ text: '合計１２０円', quad: QUAD })).words), ['合計１２０円']);
    },
  },
  {
    name: 'one letter, spaces only, nothing at all, and every other unit a space',
    async run() {
      assert.deepEqual(texts((await read({ text: 'x', quad: QUAD })).words), ['x']);
      assert.deepEqual((await read({ text: '   ', quad: QUAD })).words, []);
      const empty = await read({ text: '', quad: QUAD });
      assert.equal(empty.text, '');
      assert.deepEqual(empty.words, []);
      assert.deepEqual(empty.characters, []);
      const sparse = Array.from({ length: 1000 }, (_, i) => String(i % 10)).join(' ');
      assert.equal((await read({ text: sparse, quad: QUAD })).words.length, 1000);
    },
  },
  {
    name: 'an observation without a candidate is no line',
    async run() {
      const lines = [{ quad: QUAD }, { text: 'seen', quad: QUAD }, { quad: QUAD }];
      const result = await createMacVision().recognizeText(fakeImage({ lines }));
      assert.deepEqual(texts(result.lines), ['seen']);
    },
  },
  ...(['nil', 'error', 'empty'] as const).map((boxes) => ({
    name: `a word without a box (${boxes}) is laid out along its line and says so`,
    async run() {
      const line = await read({ text: 'ab cd', quad: QUAD, boxes }, 'accurate');
      assert.deepEqual(
        line.words.map(({ text, estimated }) => [text, estimated]),
        [
          ['ab', true],
          ['cd', true],
        ],
      );
      assertQuad(line.words[0]?.quad, rectangle(0.1, 0.2, 0.2, 0.05));
      assertQuad(line.words[1]?.quad, rectangle(0.4, 0.2, 0.2, 0.05));
    },
  })),
  {
    name: 'an exception while boxes are read fails the image',
    async run() {
      await assert.rejects(read({ text: 'ab cd', quad: QUAD, boxes: 'throw' }), { code: 'exception' });
    },
  },
];
