import { type Invoice, SlipstreamError } from '@slipstream/shared';
import { readCii } from './read-cii.ts';
import { readUbl } from './read-ubl.ts';
import { readXml, type XmlElement, XmlError } from './xml.ts';

/** What an e-invoice's XML says. IMAGE_UNREADABLE where it is damaged, or no invoice. */
export function readInvoice(bytes: Uint8Array): Invoice {
  const root = rootOf(bytes);
  switch (root.name) {
    case 'Invoice':
    case 'CreditNote':
      return readUbl(root);
    case 'CrossIndustryInvoice':
    case 'CrossIndustryDocument':
      return readCii(root);
    default:
      throw new SlipstreamError(
        'IMAGE_UNREADABLE',
        `The XML is no invoice that is known here (its root is ${root.name}); UBL and UN/CEFACT's are read.`,
      );
  }
}

function rootOf(bytes: Uint8Array): XmlElement {
  try {
    return readXml(new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes));
  } catch (cause) {
    if (!(cause instanceof XmlError || cause instanceof TypeError || cause instanceof RangeError)) throw cause;
    throw new SlipstreamError(
      'IMAGE_UNREADABLE',
      `The e-invoice's XML is damaged (${cause.message}); export it again.`,
      {
        cause,
      },
    );
  }
}

/** By the byte order mark, else as the declaration says; an unknown one throws RangeError when it is used. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return /<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8';
}
