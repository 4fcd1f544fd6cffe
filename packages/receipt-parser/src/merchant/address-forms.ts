import { phrases, phrasesSource } from '../languages/languages.ts';

/** Endings of words that name a street or a square, and the signs for parts of towns. */
export const PLACE_ENDING = phrases('place_ending');

/** A house, lot or unit number at the start of a row: `NO.53`, `LOT 276`, `12, …`, `19-1. …`, `B-8, …`. */
export const HOUSE_NUMBER = new RegExp(
  String.raw`${phrasesSource('house_number')}|^[A-Z]{0,2}-?\d{1,5}[A-Z]?(?:[-&/][A-Z\d]{1,5})*[A-Z]? ?(?:, ?|\. | )(?=\D*[A-Z\u00c0-\uffff]{3})`,
);

/** `LINDENALLEE 12`, `AM ALTEN WEHR 7A`: where the house's number stands behind the street, above the postcode. */
export const STREET_AND_NUMBER = /^[A-Z\u00c0-\uffff][A-Z\u00c0-\uffff .'-]{3,} \d{1,4} ?[A-Z]?$/;

/** Postcodes that tell themselves apart from other numbers by their place or form. */
export const POSTCODE = phrases('postcode');
