/** What the label of a figure can say. `strong_total` tells the last total from those before it. */
export type LabelList =
  | 'total'
  | 'strong_total'
  | 'subtotal'
  | 'rounding'
  | 'tax'
  | 'discount'
  | 'service_charge'
  | 'tip'
  /** Deposits on bottles and cups. */
  | 'deposit'
  /** What was given: cash, cards, wallets. */
  | 'tendered'
  /** What was given back. */
  | 'change'
  /** How many were bought. */
  | 'count'
  /** A word for money that names a subtotal, a total or a payment: the arithmetic decides which. */
  | 'amount'
  /** What a tax is taken of. */
  | 'tax_base'
  /** A figure about the purchase that is no part of its sum: points, savings, balances, averages. */
  | 'aside';

/** Words that are looked for as a whole. */
export type WordList =
  /** Streets, buildings, parts of towns. */
  | 'place'
  /** States and countries that end an address. */
  | 'region'
  /** What shops put into their names. */
  | 'trade'
  /** Titles of the columns of items. */
  | 'column'
  /** Units behind a quantity or price. */
  | 'unit'
  /** Those before which a number is always a quantity. */
  | 'counted_unit'
  /** What a receipt calls itself before its own number, and before a number without the word for it. */
  | 'document'
  | 'document_alone'
  | 'transaction'
  /** The word for a number, before one. */
  | 'number'
  | 'phone'
  /** What stands in a row of the head, with a number or a mark behind it, where the address is over. */
  | 'head_label'
  /** Behind such a label. */
  | 'head_number'
  /** Behind the number of a day, and between day, month and year. */
  | 'ordinal'
  | 'date_joining'
  /** Words that a name does not end with: it goes on below. */
  | 'unfinished'
  /** The first word of a name, which may have a row of its own. */
  | 'article'
  /** Words of a name that say nothing of whose it is. */
  | 'joining';

/** Phrases that are looked for at any place; where they begin and end is part of each. */
export type PhraseList =
  | 'date_label'
  /** Days that are not the day of the purchase. */
  | 'other_day'
  | 'time_label'
  | 'opening_hours'
  /** A tax contained in the total, said in the total's words. */
  | 'tax_part'
  | 'included'
  | 'inclusive'
  | 'saving'
  /** A sum's label that tells of something else than a sum before charges. */
  | 'not_subtotal'
  | 'after_discount'
  | 'total_of_taxes'
  | 'rounded_total'
  /** `TOTAL NO. OF`, before a word for how many; and such a word before the one for the total. */
  | 'total_of'
  | 'count_total'
  | 'paid_total'
  | 'final_total'
  /** The main words for a total, or for money that was given: what a row says in which no quantity is printed. */
  | 'sum_row'
  | 'tax_base'
  | 'tax_table'
  | 'tax_table_end'
  | 'items_title'
  | 'title_rest'
  | 'head_row'
  | 'count_line'
  | 'count_check'
  | 'discount_row'
  | 'discount_first'
  | 'noise'
  /** Marks of a tax rate behind an amount. */
  | 'tax_letter'
  /** The weight of the wrapping, printed below an item. */
  | 'tare'
  | 'address_stop'
  | 'legal_form'
  | 'registration'
  | 'tax_id'
  /** Between the label of a tax number and the number, and letters that end one. */
  | 'tax_id_number'
  | 'tax_id_end'
  | 'no_name'
  | 'never_name'
  /** Before a name, or instead of one. */
  | 'greeting'
  /** What shops print above or below their name that is none. */
  | 'slogan'
  /** Above a name that is not the merchant's: a former, a licensee's, a customer's. */
  | 'other_party'
  /** Behind a name in brackets: of the registration. */
  | 'registration_note'
  | 'place_ending'
  | 'house_number'
  | 'postcode'
  | 'fax'
  | 'phone_sign'
  | 'document_sign'
  | 'column_sign'
  | 'paid_by_visa'
  | 'paid_by_mastercard'
  | 'paid_by_amex'
  | 'paid_by_maestro'
  | 'paid_by_girocard'
  | 'paid_by_nets'
  | 'paid_by_paypal'
  | 'paid_by_cash'
  | 'paid_by_card'
  | 'paid_by_debit'
  | 'no_payment'
  /** What gives money back instead of taking it. */
  | 'refund'
  /** Behind the word for a refund in a title. */
  | 'document_kind'
  | 'suggested_tip'
  /** Charges that are printed as a proposal. */
  | 'optional'
  | 'card_ending'
  | 'card_slip'
  /** What a pump measures, and its price for one. */
  | 'volume'
  | 'volume_price'
  /** What a pump's litres come to, above the receipt's own total. */
  | 'volume_sum'
  /** A ride, a place to park, a way to drive on: what is paid for is no goods. */
  | 'fare'
  /** What is left to pay of an account. */
  | 'balance'
  /** Taxes of countries that write the day before the month. */
  | 'day_first_tax';

/** First letters of each month's names, enough of them to tell the months apart in every language; blanks between. */
type Months = readonly [string, string, string, string, string, string, string, string, string, string, string, string];

/**
 * What a language prints on receipts, folded: capitals without accents. The only place of a language's words: everything
 * else asks for a list by its name, and gets the words of all languages.
 */
export interface Language {
  /** BCP 47; `mul` for what is printed everywhere. */
  readonly code: string;
  readonly months?: Months;
  /** First letters of the weekdays' names, three to six of them, Monday first; blanks between. */
  readonly weekdays?: readonly [string, string, string, string, string, string, string];
  /** Label words, told where a word begins; where they end only if the term says so. */
  readonly labels?: Readonly<Partial<Record<LabelList, readonly string[]>>>;
  /** Label words of scripts without blanks, and signs: told at any place. */
  readonly signs?: Readonly<Partial<Record<LabelList, readonly string[]>>>;
  readonly words?: Readonly<Partial<Record<WordList, readonly string[]>>>;
  readonly phrases?: Readonly<Partial<Record<PhraseList, readonly string[]>>>;
}
