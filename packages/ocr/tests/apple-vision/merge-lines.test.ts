import { describe, expect, it } from 'vitest';
import { mergeReadings } from '../../src/engines/apple-vision/merge-lines.ts';
import { lineOf, rectangle } from './painted.ts';

describe('merging readings of one paper', () => {
  const whole = lineOf('Whole milk 1.20', rectangle(0.1, 0.2, 0.5, 0.02));

  it('a line that was seen twice stays once', () => {
    const again = lineOf('Whole milk 1.20', rectangle(0.101, 0.2005, 0.499, 0.0195));
    expect(mergeReadings([[whole], [again]])).toEqual([whole]);
  });

  it('the part that an edge cut gives way to the whole, whichever came first', () => {
    const cut = lineOf('Whol', rectangle(0.1, 0.21, 0.5, 0.01));
    expect(mergeReadings([[cut], [whole]])).toEqual([whole]);
    expect(mergeReadings([[whole], [cut]])).toEqual([whole]);
  });

  it('neighbouring lines both stay', () => {
    const next = lineOf('Bread 2.00', rectangle(0.1, 0.219, 0.5, 0.02));
    expect(mergeReadings([[whole], [next]])).toEqual([whole, next]);
  });

  it('one line that another reading broke in two is not doubled', () => {
    const left = lineOf('Whole milk', rectangle(0.1, 0.2, 0.3, 0.02));
    const right = lineOf('1.20', rectangle(0.5, 0.2, 0.1, 0.02));
    expect(mergeReadings([[left, right], [whole]])).toEqual([whole]);
    expect(mergeReadings([[whole], [left, right]])).toEqual([whole]);
  });
});
