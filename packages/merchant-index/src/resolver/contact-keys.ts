import { ocrFold } from '@slipstream/shared';

/** E.164 allows 15 digits; fewer than 8 are an extension or a short code, which several shops can have. */
const PHONE_DIGITS_MIN = 8;
const PHONE_DIGITS_MAX = 15;

/** A telephone number as the parser normalises it (E.164, or digits where the country is not known), or null. */
export function normalisePhone(value: string): string | null {
  const international = value.trim().startsWith('+');
  const digits = value.replace(/\D/g, '');
  if (digits.length < PHONE_DIGITS_MIN || digits.length > PHONE_DIGITS_MAX) return null;
  // 00000000, 12345678: printed where none was given.
  if (/^(\d)\1*$/.test(digits.slice(-7)) || '01234567890'.includes(digits)) return null;
  return `${international ? '+' : ''}${digits}`;
}

const HOST_LENGTH_MAX = 100;
/** Places where many merchants have a page: only together with the path do they name one. */
const SHARED_HOST =
  /^(?:[a-z-]+\.)?(?:facebook|fb|instagram|twitter|x|tiktok|youtube|linktr|google|goo|bit|wa|linkedin)\.(?:com|me|ee|ly|gl|be)$/;

/** A web address without what differs between prints of it: scheme, `www.`, path. null where it names no merchant. */
export function normaliseWebsite(value: string): string | null {
  const [host = '', ...path] = value
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .split('/');
  const bare = host.replace(/^www\./, '').replace(/\.$/, '');
  if (!/^[a-z\d][a-z\d.-]*\.[a-z]{2,}$/.test(bare) || bare.length > HOST_LENGTH_MAX) return null;
  if (!SHARED_HOST.test(bare)) return bare;
  const [page = ''] = path;
  return /^[\w.-]{3,60}$/.test(page) ? `${bare}/${page}` : null;
}

/** Words of addresses that are written out or short, in the languages of the receipts read; each to one form. */
const SHORT_FORMS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['JALAN', 'JLN', 'JL', 'JIN'],
    ['TAMAN', 'TMN'],
    ['LORONG', 'LRG'],
    ['BANDAR', 'BDR'],
    ['KAMPUNG', 'KG'],
    ['SEKSYEN', 'SEK', 'SECTION'],
    ['STREET', 'ST'],
    ['ROAD', 'RD'],
    ['AVENUE', 'AVE', 'AV'],
    ['BOULEVARD', 'BLVD'],
    ['DRIVE', 'DR'],
    ['LANE', 'LN'],
    ['FLOOR', 'FLR'],
    ['BLOCK', 'BLK'],
    ['STRASSE', 'STR'],
    ['AVENIDA', 'AVDA'],
  ].flatMap(([first = '', ...others]) => others.map((other) => [ocrFold(other), ocrFold(first)])),
);
const LEFT_OUT = new Set(['N0', 'N05', 'THE', '0F'].map(ocrFold));

/** An address with less than this names a town, not a house. */
const ADDRESS_LENGTH_MIN = 14;
/** Of the key; longer ones are cut, at the same place for every print. */
const ADDRESS_LENGTH_MAX = 160;

/** An address for comparison: folded for OCR, its words in one form, or null where no house can be told from it. */
export function normaliseAddress(value: string): string | null {
  const words = ocrFold(value)
    .split(' ')
    .map((word) => SHORT_FORMS[word] ?? word)
    .filter((word) => !LEFT_OUT.has(word));
  const key = words.join(' ').slice(0, ADDRESS_LENGTH_MAX).trim();
  // As printed: the fold makes digits of letters.
  const has_number = /\d/.test(value);
  return has_number && words.length >= 3 && key.length >= ADDRESS_LENGTH_MIN ? key : null;
}
