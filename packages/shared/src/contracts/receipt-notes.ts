import type { Receipt } from './receipt.ts';

/** What a person should know of a receipt although nothing about it is to be decided. */
export interface ReceiptNote {
  readonly code: 'DATE_NOT_PRINTED' | 'ITEMS_NOT_PRINTED';
  readonly message: string;
}

const NOTES: Readonly<Record<NonNullable<Receipt['not_printed']>[number], ReceiptNote>> = {
  date: {
    code: 'DATE_NOT_PRINTED',
    message: 'It has no date: none was found, and nothing on the paper says that one is printed.',
  },
  line_items: {
    code: 'ITEMS_NOT_PRINTED',
    message: 'It lists no goods: the paper is a card slip or a ticket with its sum alone.',
  },
};

/** A note for each field that the paper itself lacks; a field that was filled in since has none. */
export function notesOf({
  not_printed = [],
  date,
  line_items,
}: Pick<Receipt, 'not_printed' | 'date' | 'line_items'>): readonly ReceiptNote[] {
  return not_printed
    .filter((absent) => (absent === 'date' ? date === null : line_items.length === 0))
    .map((absent) => NOTES[absent]);
}
