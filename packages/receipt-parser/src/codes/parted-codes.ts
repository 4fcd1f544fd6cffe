import { type CodeReader, dayOf, dayOfIso, type FiscalCode, localDays, moneyOf } from './fiscal-code.ts';

/** Hours that clocks in Germany are ahead of universal time, in summer. */
const GERMANY_AHEAD_H = 2;

/** Codes whose values are parted by a sign and told apart by their place or by a letter. */
export const PARTED_CODES: readonly CodeReader[] = [portugal, germany, austria, brazilSat, slovakia, czech, epc, swiss];

/** Portaria 195/2020: `A:123456789*B:999999990*…*F:20240115*…*N:2.30*O:12.30*Q:…*R:…`. */
function portugal(payload: string): FiscalCode | null {
  if (!/^A:\d{9}\*/.test(payload)) return null;
  const fields = fieldsOf(payload, '*');
  const total = moneyOf(fields.get('O'));
  return total === null ? null : { format: 'PT ATCUD', total, days: dayOfIso(fields.get('F')) };
}

/**
 * DSFinV-K, annex I: `V0;955002-00;Kassenbeleg-V1;Beleg^0.00_2.55_0.00_0.00_0.00^2.55:Bar;18;112;start;end;…`. What was
 * paid is the sum over the rates of tax; times are universal.
 */
function germany(payload: string): FiscalCode | null {
  const [version = '', , kind = '', data = '', , , , end = ''] = payload.split(';');
  if (!/^V\d$/.test(version) || !kind.startsWith('Kassenbeleg')) return null;
  const [type = '', rates = ''] = data.split('^');
  const total = type.startsWith('Beleg') ? sumOf(rates.split('_')) : null;
  return { format: 'DE KassenSichV', total, days: localDays(end, GERMANY_AHEAD_H) };
}

/** RKSV: `_R1-AT1_KASSE_NR_2016-03-11T11:42:02_0,00_0,00_12,30_…`: five sums by rate, local time. */
function austria(payload: string): FiscalCode | null {
  const [empty, suite = '', , , time = '', ...rest] = payload.split('_');
  if (empty !== '' || !/^R\d-[A-Z]{2}\d/.test(suite)) return null;
  return { format: 'AT RKSV', total: sumOf(rest.slice(0, 5)), days: dayOfIso(time) };
}

/** CF-e SAT of São Paulo: `key of 44|20160115123456|12.30|customer|signature`. */
function brazilSat(payload: string): FiscalCode | null {
  const [key = '', time = '', total = ''] = payload.split('|');
  if (!/^(?:CFe)?\d{44}$/.test(key) || !/^\d{14}$/.test(time)) return null;
  return { format: 'BR SAT', total: moneyOf(total), days: dayOfIso(time) };
}

/** eKasa, issued without a connection: `OKP:cash register:YYMMDDhhmmss:number:12.30`. With one, it is a number only. */
function slovakia(payload: string): FiscalCode | null {
  const parts = payload.split(':');
  const at = parts.findIndex((part) => /^\d{12}$/.test(part));
  if (!/^[\dA-F]{8}(?:-[\dA-F]{8}){4}$/i.test(parts[0] ?? '') || at < 0) return null;
  const [, year = '', month = '', day = ''] = /^(\d\d)(\d\d)(\d\d)/.exec(parts[at] ?? '') ?? [];
  return { format: 'SK eKasa', total: moneyOf(parts.at(-1)), days: dayOf(year, month, day) };
}

/** QR Platba `SPD*1.0*AM:480.50*…`, whose day is when it is due, and QR Faktura `SID*1.0*…*DD:20140404*AM:61189.00`. */
function czech(payload: string): FiscalCode | null {
  const [, kind] = /^(SPD|SID)\*\d\.\d\*/.exec(payload) ?? [];
  if (kind === undefined) return null;
  const fields = fieldsOf(payload, '*');
  return {
    format: `CZ ${kind}`,
    total: moneyOf(fields.get('AM')),
    days: kind === 'SID' ? dayOfIso(fields.get('DD')) : [],
  };
}

/** EPC069-12, a SEPA credit transfer: `BCD`, version, set, `SCT`, BIC, name, IBAN, `EUR12.30`. */
function epc(payload: string): FiscalCode | null {
  const [tag, , , transfer, , , , amount = ''] = payload.split(/\r?\n/);
  if (tag !== 'BCD' || transfer !== 'SCT') return null;
  return { format: 'EU EPC', total: moneyOf(amount.replace(/^[A-Z]{3}/, '')), days: [] };
}

/** Swiss QR-bill: line 19 is the amount, line 20 its currency. */
function swiss(payload: string): FiscalCode | null {
  const lines = payload.split(/\r?\n/);
  if (lines[0] !== 'SPC' || !/^(?:CHF|EUR)$/.test(lines[19] ?? '')) return null;
  return { format: 'CH QR-bill', total: moneyOf(lines[18]), days: [] };
}

function fieldsOf(payload: string, mark: string): Map<string, string> {
  return new Map(
    payload.split(mark).flatMap((part): [string, string][] => {
      const at = part.indexOf(':');
      return at < 0 ? [] : [[part.slice(0, at), part.slice(at + 1)]];
    }),
  );
}

/** Null where one of them is no amount. */
function sumOf(texts: readonly string[]): number | null {
  return texts.reduce<number | null>((sum, text) => {
    const money = moneyOf(text);
    return sum === null || money === null ? null : sum + money;
  }, 0);
}
