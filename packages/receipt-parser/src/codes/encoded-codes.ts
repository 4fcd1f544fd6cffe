import { type CodeReader, dayOfDayFirst, dayOfIso, type FiscalCode, localDays, moneyOf } from './fiscal-code.ts';

/** Hours that clocks in Saudi Arabia are ahead of universal time. */
const ARABIA_AHEAD_H = 3;

/** Codes whose payload is bytes or JSON in base 64. */
export const ENCODED_CODES: readonly CodeReader[] = [saudi, argentina, india];

/** ZATCA: tag, length, value: 1 the seller, 2 his number, 3 the instant, 4 the total with tax, 5 the tax. */
function saudi(payload: string): FiscalCode | null {
  const bytes = /^AQ[A-Za-z0-9+/]{30,}={0,2}$/.test(payload) ? bytesOf(payload) : null;
  if (bytes === null) return null;
  const values = new Map<number, string>();
  for (let at = 0; at + 2 <= bytes.length; ) {
    const [tag = 0, length = 0] = bytes.subarray(at, at + 2);
    // Lengths of 128 and more are in several bytes, and are those of the signature behind the figures.
    if (length > 127 || at + 2 + length > bytes.length) break;
    values.set(tag, new TextDecoder().decode(bytes.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  const time = values.get(3) ?? '';
  const total = moneyOf(values.get(4));
  if (total === null) return null;
  return { format: 'SA ZATCA', total, days: /Z$/.test(time) ? localDays(time, ARABIA_AHEAD_H) : dayOfIso(time) };
}

/** AFIP: `https://www.afip.gob.ar/fe/qr/?p=` and JSON in base 64 with `fecha` and `importe`. */
function argentina(payload: string): FiscalCode | null {
  const [, query] = /^https?:\/\/(?:www\.)?(?:afip|arca)\.gob\.ar\/[^?]*\?(.+)$/i.exec(payload) ?? [];
  // A plus in a query reads as a blank.
  const data = new URLSearchParams(query).get('p')?.replaceAll(' ', '+');
  const found = data === undefined ? null : objectOf(data);
  if (found === null) return null;
  return { format: 'AR AFIP', total: moneyOf(textOf(found, 'importe')), days: dayOfIso(textOf(found, 'fecha')) };
}

/** GST e-invoice: a signed token whose claim `data` is JSON with `DocDt` (day first) and `TotInvVal`. */
function india(payload: string): FiscalCode | null {
  const [, claims] = /^eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+$/.exec(payload) ?? [];
  const token = claims === undefined ? null : objectOf(claims);
  const data = token === null ? null : parsed(textOf(token, 'data') ?? '');
  if (data === null || textOf(data, 'TotInvVal') === null) return null;
  return { format: 'IN GST', total: moneyOf(textOf(data, 'TotInvVal')), days: dayOfDayFirst(textOf(data, 'DocDt')) };
}

function objectOf(encoded: string): object | null {
  const bytes = bytesOf(encoded);
  return bytes === null ? null : parsed(new TextDecoder().decode(bytes));
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null; // no code of this scheme
  }
}

function textOf(of: object, name: string): string | null {
  const value: unknown = Object.entries(of).find(([key]) => key === name)?.[1];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Of both alphabets; null where it is neither. */
function bytesOf(encoded: string): Uint8Array | null {
  try {
    const text = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
