import { dayOf, dayOfDayFirst, dayOfIso, type FiscalCode, localDays, moneyOf, moneyOfCents } from './fiscal-code.ts';

type Fields = URLSearchParams;

interface AddressCode {
  readonly format: string;
  /** Host and path, in lower case. */
  readonly at: RegExp;
  readonly total?: (fields: Fields) => number | null;
  readonly days?: (fields: Fields, path: string) => readonly string[];
}

/** A parameter whose name is written in several ways. */
const of = (fields: Fields, ...names: readonly string[]): string | null =>
  names.map((name) => fields.get(name)).find((value) => value !== null) ?? null;

/** Hours that clocks are ahead of universal time in Croatia, Montenegro and Albania, in summer. */
const ADRIA_AHEAD_H = 2;

/** Codes that are an address at a tax office, with what was paid as its parameters. */
const ADDRESS_CODES: readonly AddressCode[] = [
  {
    format: 'BR NFC-e',
    at: /(?:nfce|nfc-e|sefaz|fazenda)/,
    total: (fields) => moneyOf(fields.get('vNF') ?? parted(fields)[4]),
    days: (fields) => brazilianDays(fields),
  },
  {
    format: 'HR fiskalizacija',
    at: /porezna\.gov\.hr/,
    // `izn=1234,50`; some tills leave the mark out and count hundredths.
    total: (fields) =>
      /[.,]/.test(fields.get('izn') ?? '') ? moneyOf(fields.get('izn')) : moneyOfCents(fields.get('izn')),
    days: (fields) => dayOfIso(fields.get('datv')),
  },
  {
    format: 'ME and AL fiscalisation',
    at: /(?:tax\.gov\.me|tatime\.gov\.al)/,
    total: (fields) => moneyOf(fields.get('prc')),
    // `2021-05-12T11:42:02+02:00`; the plus may have become a blank.
    days: (fields) => localOr(fields.get('crtd'), ADRIA_AHEAD_H),
  },
  {
    format: 'PL KSeF',
    at: /ksef\.mf\.gov\.pl\/.*invoice/,
    days: (_, path) => dayOfDayFirst(/\/(\d\d-\d\d-\d{4})\//.exec(path)?.[1]),
  },
  {
    format: 'ES Veri*Factu',
    at: /(?:agenciatributaria|aeat)\..*validarqr/,
    total: (fields) => moneyOf(fields.get('importe')),
    days: (fields) => dayOfDayFirst(fields.get('fecha')),
  },
  {
    format: 'ES TicketBAI',
    at: /(?:batuz\.eus|tbai|ticketbai)/,
    total: (fields) => moneyOf(fields.get('i')),
    days: (fields) => {
      const [, day = '', month = '', year = ''] = /^TBAI-[^-]+-(\d\d)(\d\d)(\d\d)-/.exec(fields.get('id') ?? '') ?? [];
      return year === '' ? [] : dayOf(year, month, day);
    },
  },
  {
    format: 'KZ fiscal data',
    at: /(?:oofd|ofd|consumer)[^/]*\.kz/,
    total: (fields) => moneyOf(fields.get('s')),
    days: (fields) => dayOfIso(fields.get('t')),
  },
  {
    format: 'UA cash register',
    at: /cabinet\.tax\.gov\.ua\/cashregs/,
    total: (fields) => moneyOf(of(fields, 'sm', 'sum')),
    days: (fields) => dayOfIso(fields.get('date')),
  },
  { format: 'MX CFDI', at: /verificacfdi/, total: (fields) => moneyOf(fields.get('tt')) },
  { format: 'IN UPI', at: /^pay$/, total: (fields) => moneyOf(fields.get('am')) },
];

/** An address with parameters: `https://…?…`, also behind a `#`, and UPI's `upi://pay?…`. */
export function addressCode(payload: string): FiscalCode | null {
  const [, rest = ''] = /^(?:https?|upi):\/\/(.+)$/is.exec(payload) ?? [];
  if (rest === '') return null;
  const at = rest.indexOf('?');
  const path = at < 0 ? rest : rest.slice(0, at);
  const fields = new URLSearchParams(at < 0 ? '' : rest.slice(at + 1));
  const code = ADDRESS_CODES.find((candidate) => candidate.at.test(path.toLowerCase()));
  if (code === undefined) return null;
  const total = code.total?.(fields) ?? null;
  const days = code.days?.(fields, path) ?? [];
  return total === null && days.length === 0 ? null : { format: code.format, total, days };
}

/** The Russian code is parameters alone: `t=20200924T1837&s=349.93&fn=9282440300682838&i=46534&fp=1273019065&n=1`. */
export function russianCode(payload: string): FiscalCode | null {
  if (!/^t=\d{8}T\d{4}/.test(payload)) return null;
  const fields = new URLSearchParams(payload);
  if (!fields.has('fn') || !fields.has('fp')) return null;
  return { format: 'RU FFD', total: moneyOf(fields.get('s')), days: dayOfIso(fields.get('t')) };
}

/**
 * NFC-e: version 1 has parameters (`dhEmi` as the hexadecimal of an instant with its offset); version 2 has one, `p`, of
 * parts: issued with a connection key, version and signature alone, without one also the day of the month and the total.
 */
function brazilianDays(fields: Fields): readonly string[] {
  const hex = fields.get('dhEmi') ?? '';
  if (/^(?:[\da-f]{2})+$/i.test(hex)) {
    const bytes = hex.match(/../g) ?? [];
    return dayOfIso(bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join(''));
  }
  const [key = '', , , day = ''] = parted(fields);
  // The key's third to sixth digits are year and month.
  return /^\d{44}$/.test(key) && /^\d{1,2}$/.test(day) && parted(fields).length >= 8
    ? dayOf(key.slice(2, 4), key.slice(4, 6), day)
    : [];
}

/** Only where it was issued without a connection is the fifth part a total. */
function parted(fields: Fields): string[] {
  const parts = (fields.get('p') ?? '').split('|');
  return parts.length >= 8 ? parts : parts.slice(0, 3);
}

function localOr(text: string | null, ahead_hours: number): readonly string[] {
  if (text === null) return [];
  const own = dayOfIso(text);
  return /Z$/i.test(text) ? localDays(text, ahead_hours) : own;
}
