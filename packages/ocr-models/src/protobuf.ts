/** One field of a protocol-buffers message; `payload` is a view into the message, without tag and length. */
export interface Field {
  readonly number: number;
  readonly wire: number;
  readonly payload: Uint8Array;
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** The fields of one message in their order. Throws RangeError on damaged bytes. */
export function readFields(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < message.length) {
    const tag = readVarint(message, at);
    const wire = tag.value & 7;
    const start = wire === LENGTH_DELIMITED ? readVarint(message, tag.end) : { value: 0, end: tag.end };
    const length = payloadLength(message, wire, start);
    if (start.end + length > message.length) throw new RangeError('a field is longer than its message');
    fields.push({ number: tag.value >>> 3, wire, payload: message.subarray(start.end, start.end + length) });
    at = start.end + length;
  }
  return fields;
}

export function writeFields(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const heads = fields.map(({ number, wire, payload }) => [
    ...varint(number * 8 + wire),
    ...(wire === LENGTH_DELIMITED ? varint(payload.length) : []),
  ]);
  const length = fields.reduce((sum, { payload }, i) => sum + payload.length + (heads[i]?.length ?? 0), 0);
  const message = new Uint8Array(length);
  let at = 0;
  for (const [i, { payload }] of fields.entries()) {
    const head = heads[i] ?? [];
    message.set(head, at);
    message.set(payload, at + head.length);
    at += head.length + payload.length;
  }
  return message;
}

/** A field that holds one number below 2^53. */
export function numberField(number: number, value: number): Field {
  return { number, wire: VARINT, payload: Uint8Array.from(varint(value)) };
}

export function bytesField(number: number, payload: Uint8Array): Field {
  return { number, wire: LENGTH_DELIMITED, payload };
}

/** The numbers of a repeated integer field, packed or not. */
export function numbersOf(fields: readonly Field[], number: number): number[] {
  return fields
    .filter((field) => field.number === number)
    .flatMap(({ payload }) => {
      const numbers: number[] = [];
      for (let at = 0; at < payload.length; ) {
        const { value, end } = readVarint(payload, at);
        numbers.push(value);
        at = end;
      }
      return numbers;
    });
}

function payloadLength(message: Uint8Array, wire: number, start: { value: number; end: number }): number {
  switch (wire) {
    case VARINT:
      return readVarint(message, start.end).end - start.end;
    case FIXED64:
      return 8;
    case LENGTH_DELIMITED:
      return start.value;
    case FIXED32:
      return 4;
    default:
      throw new RangeError(`wire type ${wire}`);
  }
}

function readVarint(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  let scale = 1;
  for (let at = from; at < Math.min(bytes.length, from + 10); at += 1, scale *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new RangeError('a number does not end');
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
