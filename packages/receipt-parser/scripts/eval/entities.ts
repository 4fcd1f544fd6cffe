import type { Receipt } from '@slipstream/shared';

/** What a person read off a receipt, as printed; a field can be empty. */
export interface Key {
  readonly company?: string;
  readonly address?: string;
  readonly date?: string;
  readonly total?: string;
}

export const ENTITIES = ['company', 'address', 'date', 'total'] as const;
export type Entity = (typeof ENTITIES)[number];

/** One entity of one receipt: what was read, what the key says, and whether they agree. */
export interface Judgement {
  readonly id: string;
  readonly entity: Entity;
  readonly read: string | null;
  readonly expected: string;
  readonly confidence: number;
  readonly right: boolean;
}

/** Compares a receipt with its key: letters and digits of names, the day of dates, amounts to half a cent. */
export function judge(id: string, receipt: Receipt | undefined, key: Key): Judgement[] {
  return ENTITIES.flatMap((entity) => {
    const expected = key[entity] ?? '';
    if (expected === '') return [];
    const field = receipt === undefined ? null : fieldOf(receipt, entity);
    const read = field === null ? null : entity === 'company' || entity === 'address' ? field.text : field.value;
    return [
      {
        id,
        entity,
        read,
        expected,
        confidence: field?.confidence ?? 0,
        right: read !== null && agrees(entity, read, expected),
      },
    ];
  });
}

function fieldOf(receipt: Receipt, entity: Entity): Receipt['total'] {
  switch (entity) {
    case 'company':
      return receipt.merchant.name;
    case 'address':
      return receipt.merchant.address;
    case 'date':
      return receipt.date;
    case 'total':
      return receipt.total;
  }
}

export function agrees(entity: Entity, read: string, expected: string): boolean {
  switch (entity) {
    case 'company':
    case 'address':
      return letters(read) === letters(expected);
    case 'date':
      return read === isoDayOfKey(expected);
    case 'total':
      return Math.abs(Number(read) - Number(expected.replace(/[^0-9.-]/g, ''))) < 0.005;
  }
}

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Keys are printed day first, or year first with four digits. */
export function isoDayOfKey(text: string): string | null {
  const key = text.toUpperCase();
  const named = /([A-Z]{3})[A-Z]*\.? +(\d{1,2}),? +(\d{4})/.exec(key);
  if (named !== null && MONTHS.includes(named[1] ?? '')) {
    return `${named[3]}-${String(MONTHS.indexOf(named[1] ?? '') + 1).padStart(2, '0')}-${(named[2] ?? '').padStart(2, '0')}`;
  }
  const numeric = /(\d{1,4})[-/. ]+(\d{1,2}|[A-Z]{3})[A-Z]*[-/. ,']*(\d{1,4})/.exec(key);
  if (numeric === null) return null;
  const [, first = '', middle = '', last = ''] = numeric;
  const month = MONTHS.indexOf(middle) + 1 || Number(middle);
  const [day, year] = first.length === 4 ? [last, first] : [first, last];
  const full_year = year.length === 2 ? `20${year}` : year;
  const [real_day, real_month] = month > 12 ? [month, Number(day)] : [Number(day), month];
  return `${full_year}-${String(real_month).padStart(2, '0')}-${String(real_day).padStart(2, '0')}`;
}
