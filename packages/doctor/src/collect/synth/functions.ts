import { formatIpv4, rangeOf } from '../../reach/cidr.ts';
import { hasUnknown, UnknownValue } from './unknown-value.ts';

/** Terraform's built-in functions that stacks compute names, ranges and lists with; any other one's value is unknown. */
const FUNCTIONS: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
  abs: (x) => Math.abs(Number(x)),
  base64decode: (text) => Buffer.from(String(text), 'base64').toString('utf8'),
  base64encode: (text) => Buffer.from(String(text)).toString('base64'),
  ceil: (x) => Math.ceil(Number(x)),
  chunklist: (list, size) => chunks(arrayOf(list), Number(size)),
  cidrhost: (cidr, number) => cidrHost(String(cidr), Number(number)),
  cidrnetmask: () => new UnknownValue(),
  cidrsubnet: (cidr, bits, number) => cidrSubnet(String(cidr), Number(bits), Number(number)),
  cidrsubnets: (cidr, ...bits) => cidrSubnets(String(cidr), bits.map(Number)),
  coalesce: (...values) => values.find((value) => value !== null && value !== '') ?? null,
  coalescelist: (...lists) => lists.find((list) => arrayOf(list).length > 0) ?? [],
  compact: (list) => arrayOf(list).filter((each) => each !== null && each !== ''),
  concat: (...lists) => lists.flatMap(arrayOf),
  contains: (list, value) => arrayOf(list).some((each) => same(each, value)),
  distinct: (list) => distinct(arrayOf(list)),
  element: (list, index) => arrayOf(list)[Number(index) % Math.max(1, arrayOf(list).length)],
  endswith: (text, end) => String(text).endsWith(String(end)),
  flatten: (list) => arrayOf(list).flat(Number.POSITIVE_INFINITY),
  floor: (x) => Math.floor(Number(x)),
  format: (pattern, ...args) => format(String(pattern), args),
  index: (list, value) => arrayOf(list).findIndex((each) => same(each, value)),
  join: (separator, ...lists) => lists.flatMap(arrayOf).map(String).join(String(separator)),
  jsondecode: (text) => JSON.parse(String(text)),
  jsonencode: (value) => JSON.stringify(value),
  keys: (map) => Object.keys(objectOf(map)).toSorted(),
  length: (value) => (typeof value === 'string' ? value.length : sizeOf(value)),
  lookup: (map, key, fallback) => objectOf(map)[String(key)] ?? fallback,
  lower: (text) => String(text).toLowerCase(),
  max: (...numbers) => Math.max(...numbers.map(Number)),
  merge: (...maps) => Object.assign({}, ...maps.map(objectOf)),
  min: (...numbers) => Math.min(...numbers.map(Number)),
  nonsensitive: (value) => value,
  one: (list) => arrayOf(list)[0] ?? null,
  range: (...numbers) => range(numbers.map(Number)),
  replace: (text, search, replacement) => replaceText(String(text), String(search), String(replacement)),
  reverse: (list) => arrayOf(list).toReversed(),
  sensitive: (value) => value,
  setproduct: (...lists) => product(lists.map(arrayOf)),
  setunion: (...lists) => distinct(lists.flatMap(arrayOf)),
  slice: (list, from, to) => arrayOf(list).slice(Number(from), Number(to)),
  sort: (list) => arrayOf(list).map(String).toSorted(),
  split: (separator, text) => String(text).split(String(separator)),
  startswith: (text, start) => String(text).startsWith(String(start)),
  strcontains: (text, part) => String(text).includes(String(part)),
  substr: (text, from, length) => String(text).substr(Number(from), Number(length)),
  sum: (list) => arrayOf(list).reduce<number>((total, each) => total + Number(each), 0),
  title: (text) => String(text).replace(/\b\w/g, (letter) => letter.toUpperCase()),
  tobool: (value) => value === true || value === 'true',
  tolist: (value) => arrayOf(value),
  tomap: (value) => value,
  tonumber: (value) => Number(value),
  toset: (value) => distinct(arrayOf(value)),
  tostring: (value) => String(value),
  trim: (text, set) =>
    String(text)
      .split('')
      .filter((letter) => !String(set).includes(letter))
      .join(''),
  trimprefix: (text, start) =>
    String(text).startsWith(String(start)) ? String(text).slice(String(start).length) : String(text),
  trimspace: (text) => String(text).trim(),
  trimsuffix: (text, end) =>
    String(text).endsWith(String(end)) ? String(text).slice(0, -String(end).length) : String(text),
  upper: (text) => String(text).toUpperCase(),
  values: (map) =>
    Object.keys(objectOf(map))
      .toSorted()
      .map((key) => objectOf(map)[key]),
  zipmap: (keys, values) => Object.fromEntries(arrayOf(keys).map((key, at) => [String(key), arrayOf(values)[at]])),
};

/** Those that answer with unknown members in their arguments, too: they pass them through. */
const LENIENT = new Set([
  ...['concat', 'flatten', 'tolist', 'toset', 'tomap', 'merge', 'element', 'slice', 'length', 'lookup', 'zipmap'],
  ...[
    'values',
    'keys',
    'compact',
    'distinct',
    'reverse',
    'one',
    'sensitive',
    'nonsensitive',
    'coalescelist',
    'setunion',
  ],
]);

export function callFunction(name: string, args: readonly unknown[]): unknown {
  const known = FUNCTIONS[name];
  const blocked = LENIENT.has(name) ? args.some((arg) => arg instanceof UnknownValue) : args.some(hasUnknown);
  if (!known || blocked) return UnknownValue.of(...args);
  try {
    return known(...args) ?? null;
  } catch {
    return UnknownValue.of(...args);
  }
}

export function arrayOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined) return [];
  return typeof value === 'object' ? Object.values(value) : [value];
}

export function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value));
}

function sizeOf(value: unknown): number {
  return Array.isArray(value) ? value.length : Object.keys(objectOf(value)).length;
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

function distinct(list: readonly unknown[]): unknown[] {
  return list.filter((each, at) => list.findIndex((other) => same(each, other)) === at);
}

function chunks(list: readonly unknown[], size: number): unknown[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}

function product(lists: readonly unknown[][]): unknown[][] {
  return lists.reduce<unknown[][]>((made, list) => made.flatMap((row) => list.map((each) => [...row, each])), [[]]);
}

function range(numbers: readonly number[]): number[] {
  const [from, to, step] =
    numbers.length === 1 ? [0, numbers[0] ?? 0, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
  const made: number[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) if (made.push(at) > 1_000) break;
  return made;
}

function replaceText(text: string, search: string, replacement: string): string {
  const isExpression = search.length > 2 && search.startsWith('/') && search.endsWith('/');
  if (!isExpression) return text.replaceAll(search, replacement);
  return text.replace(new RegExp(search.slice(1, -1), 'g'), replacement);
}

function format(pattern: string, args: readonly unknown[]): string {
  let at = 0;
  return pattern.replace(/%(%|0?\d*d|s|v|q|t)/g, (whole, verb: string) => {
    if (verb === '%') return '%';
    const value = args[at++];
    if (verb === 'q') return JSON.stringify(String(value));
    const width = /^0(\d+)d$/.exec(verb)?.[1];
    return width ? String(value).padStart(Number(width), '0') : String(value ?? whole);
  });
}

function cidrSubnet(cidr: string, bits: number, number: number): unknown {
  const range = rangeOf(cidr);
  if (range === null) return new UnknownValue();
  const prefix = range.prefix + bits;
  return `${formatIpv4(range.first + number * 2 ** (32 - prefix))}/${prefix}`;
}

function cidrSubnets(cidr: string, bits: readonly number[]): unknown {
  const range = rangeOf(cidr);
  if (range === null) return new UnknownValue();
  let at = range.first;
  return bits.map((more) => {
    const size = 2 ** (32 - range.prefix - more);
    at = Math.ceil(at / size) * size;
    const subnet = `${formatIpv4(at)}/${range.prefix + more}`;
    at += size;
    return subnet;
  });
}

function cidrHost(cidr: string, number: number): unknown {
  const range = rangeOf(cidr);
  if (range === null) return new UnknownValue();
  return formatIpv4(number < 0 ? range.last + 1 + number : range.first + number);
}
