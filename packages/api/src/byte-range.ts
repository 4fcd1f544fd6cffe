import { SlipstreamError } from '@slipstream/shared';

/**
 * First and last byte of a `Range: bytes=…` header, both included; null for the whole file. A range is shortened to
 * what one answer may hold (RFC 9110, 15.3.7 allows it); a whole file that one answer cannot hold has to be asked for
 * in ranges.
 */
export function byteRangeOf(
  header: string | undefined,
  size: number,
  answerBytesMax: number,
): readonly [number, number] | null {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  // A header that is not understood is ignored (RFC 9110, 14.2).
  if (!asked || (asked[1] === '' && asked[2] === '')) {
    if (size <= answerBytesMax) return null;
    throw new SlipstreamError(
      'LIMIT_EXCEEDED',
      `The file has ${size} bytes, one answer holds ${answerBytesMax}: ask for it in parts, with the header Range: bytes=0-${answerBytesMax - 1} and so on.`,
      { details: { size, bytes_max: answerBytesMax } },
    );
  }
  const isSuffix = asked[1] === '';
  const from = isSuffix ? Math.max(0, size - Number(asked[2])) : Number(asked[1]);
  const to = isSuffix || asked[2] === '' ? size - 1 : Math.min(size - 1, Number(asked[2]));
  if (from > to)
    throw new SlipstreamError('RANGE_INVALID', `The file has ${size} bytes; the range ends before it begins.`);
  return [from, Math.min(to, from + answerBytesMax - 1)];
}
