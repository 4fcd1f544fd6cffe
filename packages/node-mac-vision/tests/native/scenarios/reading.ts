import assert from 'node:assert/strict';
import { createMacVision, type Quad } from '../../../src/index.ts';
import { fakeImage, rectangle, SHEET, storedQuad } from '../fake-image.ts';
import type { Scenario } from '../scenario.ts';

const TOLERANCE = 1e-9;

export function assertQuad(actual: Quad | undefined, expected: Quad, tolerance = TOLERANCE): void {
  assert.ok(actual, 'there is a quad');
  for (const [i, [x, y]] of expected.entries()) {
    const [ax, ay] = actual[i] ?? [Number.NaN, Number.NaN];
    const near = Math.abs(ax - x) <= tolerance && Math.abs(ay - y) <= tolerance;
    assert.ok(near, `corner ${i} is ${ax}, ${ay} and should be ${x}, ${y}`);
  }
}

/** A slanted line, so that no two corners share a coordinate. */
const SLANTED: Quad = [
  [0.12, 0.21],
  [0.52, 0.25],
  [0.51, 0.31],
  [0.11, 0.27],
];
const DOCUMENT: Quad = [
  [0.05, 0.03],
  [0.91, 0.07],
  [0.95, 0.98],
  [0.02, 0.93],
];

export const readingScenarios: Scenario[] = [
  {
    name: 'text, words and boxes of an upright image',
    async run() {
      const line = { text: 'Total 12,50 €', confidence: 0.5, quad: rectangle(0.1, 0.2, 0.65, 0.05) };
      const result = await createMacVision().recognizeText(fakeImage({ lines: [line] }));
      assert.equal(result.width, 400);
      assert.equal(result.height, 800);
      assert.equal(result.orientation, 1);
      assert.equal(result.revision, 3);
      assert.equal(result.level, 'accurate');
      assert.equal(result.document, undefined);
      const [read] = result.lines;
      assert.equal(read?.text, 'Total 12,50 €');
      assert.equal(read?.confidence, 0.5);
      assert.equal(read?.characters, undefined);
      assertQuad(read?.quad, rectangle(0.1, 0.2, 0.65, 0.05));
      assert.deepEqual(
        read?.words.map(({ text, confidence, estimated }) => [text, confidence, estimated]),
        [
          ['Total', null, undefined],
          ['12,50', null, undefined],
          ['€', null, undefined],
        ],
      );
      assertQuad(read?.words[1]?.quad, rectangle(0.1 + 0.05 * 6, 0.2, 0.05 * 5, 0.05));
    },
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({
    name: `quads of the upright image for EXIF orientation ${orientation}`,
    async run() {
      const image = fakeImage({
        orientation,
        lines: [{ text: 'ab cd', quad: storedQuad(SLANTED, orientation) }],
        document: storedQuad(DOCUMENT, orientation),
      });
      const turned = orientation >= 5;
      for (const regionOfInterest of [undefined, { x: 0.05, y: 0.1, width: 0.9, height: 0.5 }]) {
        const result = await createMacVision().recognizeText(image, {
          detectDocument: true,
          ...(regionOfInterest && { regionOfInterest }),
        });
        assert.equal(result.width, turned ? 800 : 400);
        assert.equal(result.height, turned ? 400 : 800);
        assert.equal(result.orientation, orientation);
        assertQuad(result.lines[0]?.quad, SLANTED);
        assertQuad(result.lines[0]?.words[0]?.quad, [
          [0.12, 0.21],
          [0.12 + 0.4 * 0.4, 0.21 + 0.04 * 0.4],
          [0.11 + 0.4 * 0.4, 0.27 + 0.04 * 0.4],
          [0.11, 0.27],
        ]);
        // The paper is looked for in the whole image, whatever is read of it.
        assertQuad(result.document, DOCUMENT);
      }
    },
  })),
  {
    name: 'a file whose orientation is out of range counts as upright',
    async run() {
      const lines = [{ text: 'x', quad: rectangle(0.1, 0.1, 0.1, 0.1) }];
      for (const orientation of [0, 9]) {
        const result = await createMacVision().recognizeText(fakeImage({ orientation, lines }));
        assert.equal(result.orientation, 1);
      }
    },
  },
  {
    name: 'characters only in fast mode, each with its own box',
    async run() {
      const image = fakeImage({ lines: [{ text: 'ab c', quad: rectangle(0, 0, 0.4, 0.1) }] });
      const fast = await createMacVision().recognizeText(image, { level: 'fast' });
      assert.equal(fast.level, 'fast');
      const characters = fast.lines[0]?.characters ?? [];
      assert.deepEqual(
        characters.map(({ text }) => text),
        ['a', 'b', 'c'],
      );
      assertQuad(characters[1]?.quad, rectangle(0.1, 0, 0.1, 0.1));
      assertQuad(characters[2]?.quad, rectangle(0.3, 0, 0.1, 0.1));
      assertQuad(fast.lines[0]?.words[0]?.quad, rectangle(0, 0, 0.2, 0.1));
    },
  },
  {
    name: 'small text is left out where a greater height is asked for, and text outside the region',
    async run() {
      const lines = [
        { text: 'large', quad: rectangle(0.1, 0.1, 0.5, 0.1) },
        { text: 'small', quad: rectangle(0.1, 0.8, 0.5, 0.01) },
      ];
      const read = async (options: { minimumTextHeight?: number; regionOfInterest?: typeof lower }) =>
        (await createMacVision().recognizeText(fakeImage({ lines }), options)).lines.map(({ text }) => text);
      const lower = { x: 0, y: 0.5, width: 1, height: 0.5 };
      assert.deepEqual(await read({}), ['large', 'small']);
      assert.deepEqual(await read({ minimumTextHeight: 0.05 }), ['large']);
      assert.deepEqual(await read({ regionOfInterest: lower }), ['small']);
    },
  },
  {
    name: 'the settings reach Vision, and the region with its origin at the bottom left',
    async run() {
      const { lines } = await createMacVision().recognizeText(fakeImage({ orientation: 6, echo: true }), {
        level: 'fast',
        languages: ['de-DE', 'en-US'],
        languageCorrection: false,
        customWords: ['MwSt', 'Größe'],
        minimumTextHeight: 0.01,
        regionOfInterest: { x: 0.1, y: 0.2, width: 0.5, height: 0.3 },
      });
      assert.equal(
        lines[0]?.text,
        'level=1 corrects=0 minimum=0.0100 orientation=6 languages=de-DE,en-US words=MwSt,Größe ' +
          'region=0.100,0.500,0.500,0.300',
      );
    },
  },
  {
    name: 'without options Vision keeps its languages and corrects',
    async run() {
      const { lines } = await createMacVision().recognizeText(fakeImage({ echo: true }));
      assert.match(
        lines[0]?.text ?? '',
        /level=0 corrects=1 minimum=0\.0080 .* languages=\S* words=\S* region=0\.000,/,
      );
    },
  },
  {
    name: 'a sheet that was not asked for, or not found, is absent',
    async run() {
      const found = await createMacVision().recognizeText(fakeImage({ document: SHEET }));
      assert.equal(found.document, undefined);
      const missing = await createMacVision().recognizeText(fakeImage(), { detectDocument: true });
      assert.equal(missing.document, undefined);
    },
  },
  {
    name: 'an image without text has no lines',
    async run() {
      assert.deepEqual((await createMacVision().recognizeText(fakeImage())).lines, []);
    },
  },
  {
    name: 'languages of each level, a prewarmed model and the description',
    async run() {
      const vision = createMacVision();
      assert.deepEqual(await vision.supportedLanguages(), ['en-US', 'de-DE', 'zh-Hans']);
      assert.deepEqual(await vision.supportedLanguages('fast'), ['en-US', 'de-DE']);
      await vision.prewarm();
      const info = vision.info();
      assert.ok(info.available);
      assert.equal(info.revision, 3);
      assert.ok(info.systemVersion.length > 0);
    },
  },
];
