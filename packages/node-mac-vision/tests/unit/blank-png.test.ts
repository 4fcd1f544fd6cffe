import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { blankPng } from '../../src/blank-png.ts';

describe('the blank sheet for prewarming', () => {
  it('is a white PNG of its size', () => {
    const png = blankPng(64);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([64, 64]);
    const data = png.indexOf('IDAT');
    const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
    expect(rows).toHaveLength(64 * 65);
    expect(rows.filter((byte) => byte === 0xff)).toHaveLength(64 * 64);
    // CRC of an empty IEND chunk, the same in every PNG file.
    expect(png.subarray(-4).toString('hex')).toBe('ae426082');
  });
});
