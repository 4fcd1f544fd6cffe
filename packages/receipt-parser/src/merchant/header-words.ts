import { phrases, phrasesSource, wordsSource } from '../languages/languages.ts';

/** Legal forms of companies, as they end a registered name. */
export const LEGAL_FORM = phrases('legal_form');

/** Rows of a receipt's head that are never its name. */
export const NOT_A_NAME = phrases('no_name');

/** What stands between name and address without ending the head: registration numbers and the like. */
export const REGISTRATION = phrases('registration');

/** What ends an address: the next part of the head. */
export const ADDRESS_STOP = new RegExp(
  String.raw`^[TFPHM] ?:|^\(?(?:${wordsSource('head_label')})\b[^A-Z]*(?:\b(?:${wordsSource('head_number')})\b|[:.#]|$|[+\d(])|${phrasesSource('address_stop')}`,
);
