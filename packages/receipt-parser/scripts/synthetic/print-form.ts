import type { CountryProfile } from './country-profile.ts';

/** A figure as the country prints it. */
function figure(value: number, country: CountryProfile): string {
  const scale = 10 ** country.decimals;
  const size = Math.abs(value);
  const whole = String(Math.floor(size / scale)).replace(/\B(?=(\d{3})+(?!\d))/g, country.group_mark);
  const fraction =
    country.decimals === 0 ? '' : `${country.decimal_mark}${String(size % scale).padStart(country.decimals, '0')}`;
  return `${value < 0 ? '-' : ''}${whole}${fraction}`;
}

/** With the currency's mark, as totals are printed. */
export function marked(value: number, country: CountryProfile): string {
  return country.money_forms[0].replace('*', figure(value, country));
}

/** As the items' column has it. */
export function plain(value: number, country: CountryProfile): string {
  return country.money_forms[1].replace('*', figure(value, country));
}

/** Decimal text as the receipt schema has it. */
export function decimal(value: number, country: CountryProfile): string {
  const scale = 10 ** country.decimals;
  const size = Math.abs(value);
  const fraction = country.decimals === 0 ? '' : `.${String(size % scale).padStart(country.decimals, '0')}`;
  return `${value < 0 ? '-' : ''}${Math.floor(size / scale)}${fraction}`;
}

export function percent(rate: number, country: CountryProfile): string {
  return `${String(rate).replace('.', country.decimal_mark)}%`;
}

export function printDate(
  day: { year: number; month: number; day: number },
  form: string,
  country: CountryProfile,
): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return form
    .replace('YYYY', String(day.year))
    .replace('YY', two(day.year % 100))
    .replace('MMM', country.months[day.month - 1] ?? '')
    .replace('MM', two(day.month))
    .replace('DD', two(day.day));
}
