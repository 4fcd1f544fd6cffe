const MONTHS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'].map((name, i) => [
      name,
      i + 1,
    ]),
  ),
  ...{ MAI: 5, OKT: 10, DEZ: 12, AGO: 8, GEN: 1, MAG: 5, GIU: 6, LUG: 7, SET: 9, OTT: 10, DIC: 12, ENE: 1, ABR: 4 },
  ...{ AOU: 8, FEV: 2, AVR: 4, MRZ: 3, AGU: 8, DES: 12, PEB: 2 },
};
const US_STATE =
  /\b(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])[,. ]*\d{5}\b/;

/** A US state with its ZIP code: such a receipt's month stands first. */
export function printsMonthFirst(texts: readonly string[]): boolean {
  return US_STATE.test(texts.join(' ').toUpperCase());
}

/** Every day that a printed date can mean, as ISO 8601. `month_first` rules out a day before the month. */
export function keyDays(texts: readonly string[], month_first: boolean): Set<string> {
  const days = new Set<string>();
  const add = (year: string | undefined, month: string | number | undefined, day: string | undefined): void => {
    const [y, m, d] = [Number(year), Number(month), Number(day)];
    const full_year = y < 100 ? y + 2000 : y;
    if (m < 1 || m > 12 || d < 1 || d > 31 || full_year < 1990 || full_year > 2035) return;
    days.add(`${full_year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
  };
  for (const given of texts) {
    const upper = given.toUpperCase();
    const text = /[A-Z]{3}/.test(upper) ? upper : upper.replaceAll('O', '0');
    for (const [, y, m, d] of text.matchAll(/(20\d\d)[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})/g)) add(y, m, d);
    for (const [, a, b, c] of text.matchAll(/(?<!\d)(\d{1,2})[-/.' ]+(\d{1,2})[-/.' ]+(20\d\d|\d\d)/g)) {
      add(c, a, b);
      if (month_first && Number(a) >= 1 && Number(a) <= 12) continue;
      add(c, b, a);
      add(a, b, c);
    }
    for (const [, d, name, y] of text.matchAll(/(\d{1,2})[^A-Z0-9]*([A-Z]{3})[A-Z]*[^A-Z0-9]*(20\d\d|\d\d)/g))
      add(y, MONTHS[name ?? ''], d);
    for (const [, name, d, y] of text.matchAll(/([A-Z]{3})[A-Z]*[^A-Z0-9]*(\d{1,2})[^0-9]{0,4}(20\d\d|\d\d)/g))
      add(y, MONTHS[name ?? ''], d);
    for (const [, a, b, y] of text.matchAll(/(?<!\d)(\d\d)(\d\d)(20\d\d)(?!\d)/g)) {
      add(y, a, b);
      add(y, b, a);
    }
  }
  return days;
}
