import { describe, expect, it } from 'vitest';
import { checkOptions, MINIMUM_TEXT_HEIGHT_DEFAULT } from '../../src/check-options.ts';
import type { RecognizeOptions } from '../../src/types.ts';

/** As a caller without types would write them. */
function untyped(options: Record<string, unknown>): RecognizeOptions {
  return JSON.parse(JSON.stringify(options));
}

describe('options', () => {
  it('have defaults', () => {
    expect(checkOptions()).toEqual({
      level: 'accurate',
      languages: [],
      languageCorrection: true,
      customWords: [],
      minimumTextHeight: MINIMUM_TEXT_HEIGHT_DEFAULT,
      region: { x: 0, y: 0, width: 1, height: 1 },
      detectDocument: false,
      fallbackToFast: false,
      signal: undefined,
      timeoutMs: undefined,
    });
  });

  it.each([
    ['level', 'slow'],
    ['languages', 'en'],
    ['languages', [1]],
    ['languages', ['']],
    ['customWords', Array.from({ length: 10_001 }, () => 'x')],
    ['customWords', ['x'.repeat(201)]],
    ['languageCorrection', 'yes'],
    ['detectDocument', 1],
    ['fallbackToFast', 'no'],
    ['minimumTextHeight', -0.1],
    ['minimumTextHeight', 1.1],
    ['minimumTextHeight', '0.1'],
    ['regionOfInterest', { x: 0.5, y: 0, width: 0.6, height: 1 }],
    ['regionOfInterest', { x: 0, y: -0.1, width: 1, height: 1 }],
    ['regionOfInterest', { x: 0, y: 0, width: 0, height: 1 }],
    ['regionOfInterest', { x: 0, y: 0 }],
    ['signal', {}],
    ['timeoutMs', 0],
    ['timeoutMs', 1.5],
    ['timeoutMs', 2 ** 31],
  ])('%s may not be %j', (name, value) => {
    expect(() => checkOptions(untyped({ [name]: value }))).toThrow(
      expect.objectContaining({ code: 'invalid_option', message: expect.stringContaining(name) }),
    );
  });

  it('a region that rounding pushed over the edge is brought back', () => {
    const { region } = checkOptions({ regionOfInterest: { x: 0.1, y: 0.7, width: 0.9, height: 0.3 + 1e-12 } });
    expect(region.y + region.height).toBeLessThanOrEqual(1);
    expect(region.x + region.width).toBeLessThanOrEqual(1);
  });
});
