import { parseDocument } from '@slipstream/receipt-parser';
import type { OcrDocument, OcrLine, Receipt, WordReference } from '@slipstream/shared';
import { type Box, boxOf, unionOf } from '../../layout/page.ts';

/** A part of the page to be read again, in 0..1, and why. */
export interface Zone {
  readonly box: Box;
  readonly reason: 'item-without-amount' | 'doubtful-amount' | 'doubtful-total';
}

/** More zones cost more time than a person takes. */
const ZONES_MAX = 3;
/** A word of an amount that is less sure than this may be what breaks the sum. */
const WORD_CONFIDENCE_MIN = 0.97;
/** Around a zone, in heights of its row; wide enough for a letter that was missed, too narrow for the next row. */
const MARGIN_X = 1.5;
const MARGIN_Y = 0.45;
/** The parser wants an id; nothing of it is kept. */
const IMAGE_ID = '00000000-0000-5000-8000-000000000000';

export function receiptsOf(document: OcrDocument): Receipt[] {
  return parseDocument(document, { image_id: IMAGE_ID });
}

/** A receipt whose figures do not lead to its total, or whose total nothing proves. */
export function isUnproven(receipt: Receipt): boolean {
  return receipt.checks.some(({ ok }) => !ok) || receipt.reasons.some(({ code }) => code.startsWith('TOTAL_'));
}

/** Where the parser says that something is missing or doubtful; none where every receipt adds up. */
export function doubtfulZones(document: OcrDocument, receipts: readonly Receipt[]): Zone[] {
  const zones = receipts
    .filter(isUnproven)
    .flatMap((receipt) => [
      ...itemsWithoutAmount(document, receipt),
      ...doubtfulAmounts(document, receipt),
      ...total(document, receipt),
    ]);
  return zones.slice(0, ZONES_MAX);
}

/** To the right of a description that has no figure. */
function itemsWithoutAmount({ lines }: OcrDocument, receipt: Receipt): Zone[] {
  const rightmost = Math.max(
    0,
    ...receipt.line_items.flatMap(({ amount }) => wordsOf(lines, amount?.words ?? []).map(({ box }) => box.right)),
  );
  return receipt.line_items
    .filter(({ amount, description }) => amount === null && description !== null)
    .flatMap(({ description }): Zone[] => {
      const box = boxOfWords(lines, description?.words ?? []);
      if (box === null) return [];
      const right = Math.min(1, Math.max(rightmost + (box.bottom - box.top), box.right + 0.2));
      return [{ reason: 'item-without-amount', box: grown({ ...box, left: box.right, right }, 0) }];
    });
}

/** The least sure words of the figures that are summed, the worst first. */
function doubtfulAmounts({ lines }: OcrDocument, receipt: Receipt): Zone[] {
  const figures = [
    ...receipt.line_items.map(({ amount }) => amount),
    ...receipt.taxes.map(({ amount }) => amount),
    ...receipt.discounts.map(({ amount }) => amount),
    receipt.subtotal,
    receipt.rounding,
    receipt.service_charge,
  ];
  return figures
    .flatMap((figure) => wordsOf(lines, figure?.words ?? []))
    .filter(({ confidence }) => confidence < WORD_CONFIDENCE_MIN)
    .sort((a, b) => a.confidence - b.confidence)
    .map(({ box }): Zone => ({ reason: 'doubtful-amount', box: grown(box, MARGIN_X) }));
}

/** Only where it is not sure itself: a total that was read surely reads the same again. */
function total({ lines }: OcrDocument, receipt: Receipt): Zone[] {
  const words = receipt.total?.words ?? [];
  if (wordsOf(lines, words).every(({ confidence }) => confidence >= WORD_CONFIDENCE_MIN)) return [];
  const box = boxOfWords(lines, words);
  return box === null ? [] : [{ reason: 'doubtful-total', box: grown(box, MARGIN_X) }];
}

function wordsOf(lines: readonly OcrLine[], references: readonly WordReference[]) {
  return references.flatMap(([line, word]) => {
    const found = lines[line]?.words[word];
    if (found === undefined) return [];
    return [{ box: boxOf(found.quad), confidence: found.confidence ?? lines[line]?.confidence ?? 1 }];
  });
}

function boxOfWords(lines: readonly OcrLine[], references: readonly WordReference[]): Box | null {
  const words = wordsOf(lines, references);
  return words.length === 0 ? null : unionOf(words.map(({ box }) => box));
}

function grown({ left, top, right, bottom }: Box, sideways: number): Box {
  const height = bottom - top;
  const inside = (value: number) => Math.min(1, Math.max(0, value));
  return {
    left: inside(left - sideways * height),
    top: inside(top - MARGIN_Y * height),
    right: inside(right + sideways * height),
    bottom: inside(bottom + MARGIN_Y * height),
  };
}
