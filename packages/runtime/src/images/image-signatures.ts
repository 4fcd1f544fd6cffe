import type { ImageType } from '@slipstream/shared';

/** What a file is by its first bytes; `other` names what people send by mistake, so that the refusal can say it. */
export type FileKind = { readonly type: ImageType } | { readonly other: string };

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

/** Bytes that are looked at: an XML file's root comes behind its declaration and comments. */
const HEAD_BYTES = 4_096;
/** UBL's invoices and credit notes, and UN/CEFACT's cross-industry invoice (ZUGFeRD, Factur-X, XRechnung, Peppol). */
const INVOICE_ROOT = /<(?:[\w.-]+:)?(?:Invoice|CreditNote|CrossIndustryInvoice|CrossIndustryDocument)[\s>]/;

/** By content, never by name. */
export function fileKind(bytes: Uint8Array): FileKind {
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xd8, 0xff)) return { type: 'jpeg' };
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { type: 'png' };
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return { type: 'webp' };
  if (starts(0x49, 0x49, 0x2a, 0x00) || starts(0x4d, 0x4d, 0x00, 0x2a)) return { type: 'tiff' };
  if (ascii(4, 8) === 'ftyp') {
    if (/^avi[fs]/.test(ascii(8, 12)) || isGenericAvif(ascii(8, 12), ascii(16, 32))) return { type: 'avif' };
    return HEIC_BRANDS.includes(ascii(8, 12)) ? { type: 'heic' } : { other: 'a video' };
  }
  if (ascii(0, 5) === '%PDF-') return { type: 'pdf' };
  if (ascii(0, 4) === 'GIF8') return { type: 'gif' };
  if (ascii(0, 2) === 'BM') return { type: 'bmp' };
  if (starts(0x50, 0x4b, 0x03, 0x04)) return { other: 'a ZIP archive or an Office document' };
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES));
  if (/^\uFEFF?\s*</.test(head) && INVOICE_ROOT.test(head)) return { type: 'xml' };
  return { other: isText(bytes.subarray(0, 512)) ? 'a text' : 'no image that is known here' };
}

/** A major brand that says only "a picture" leaves it to the compatible ones. */
function isGenericAvif(major: string, compatible: string): boolean {
  return /^m[is]f1/.test(major) && compatible.includes('avif');
}

function isText(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.every((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32);
}
