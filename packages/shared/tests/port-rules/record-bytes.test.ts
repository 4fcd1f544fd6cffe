import { describe, expect, it } from 'vitest';
import { recordBytes } from '../../src/index.ts';

describe('the size of a record', () => {
  it.each([
    [{}, 0],
    [{ a: null }, 2],
    [{ ab: true }, 3],
    [{ a: '' }, 1],
    [{ é: '€' }, 5],
    [{ a: undefined }, 0],
    [{ n: 0 }, 2],
    [{ n: 7 }, 3],
    [{ n: 12345 }, 5],
    [{ n: -12345 }, 6],
    [{ n: 1_000_000 }, 3],
    [{ n: 0.25 }, 3],
    [{ n: 1.5e-20 }, 3],
    [{ l: [] }, 4],
    [{ l: ['ab', null] }, 9],
    [{ m: { x: 'y' } }, 7],
  ])('of %j is %d bytes, as DynamoDB counts', (record, bytes) => {
    expect(recordBytes(record)).toBe(bytes);
  });
});
