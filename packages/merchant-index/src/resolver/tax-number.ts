/** Characters of a tax number: the shortest in use has eight digits (Denmark), the longest fifteen signs (India). */
const LENGTH_MIN = 8;
const LENGTH_MAX = 20;
const DIGITS_MIN = 7;

/** Letters that engines read for digits, where only a digit can stand. */
const DIGIT_FOR: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', B: '8' };

/**
 * A tax number for comparison, or null for what cannot be one: too short, one digit over and over, or of a country
 * that it names itself and whose check digits do not hold, so that a number that OCR damaged becomes nobody's key.
 */
export function normaliseTaxNumber(printed: string): string | null {
  const signs = printed.toUpperCase().replace(/[^A-Z\d]/g, '');
  const digits = signs.replace(/\D/g, '');
  if (signs.length < LENGTH_MIN || signs.length > LENGTH_MAX || digits.length < DIGITS_MIN) return null;
  if (/^(\d)\1*$/.test(digits)) return null;
  const country = /^(?:CHE|[A-Z]{2})(?=[\dA-Z])/.exec(signs)?.[0] ?? '';
  const holds = CHECKS[country];
  if (holds === undefined) return signs;
  const number = asDigits(signs.slice(country.length));
  return holds(number) ? country + number : null;
}

function asDigits(text: string): string {
  return text.replace(/(?:MWST|TVA|IVA|MVA)$/, '').replace(/[A-Z]/g, (letter) => DIGIT_FOR[letter] ?? letter);
}

/** Check digits of countries whose numbers begin with their name (European Commission, VIES; for CH: eCH-0097). */
const CHECKS: Readonly<Record<string, (number: string) => boolean>> = {
  BE: (n) => /^[01]\d{9}$/.test(n) && 97 - (Number(n.slice(0, 8)) % 97) === Number(n.slice(8)),
  CHE: (n) => /^\d{9}$/.test(n) && mod11(n, [5, 4, 3, 2, 7, 6, 5, 4]) === Number(n[8]),
  DE: (n) => /^\d{9}$/.test(n) && iso7064(n.slice(0, 8)) === Number(n[8]),
  DK: (n) => /^\d{8}$/.test(n) && weighted(n, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  FI: (n) => /^\d{8}$/.test(n) && mod11(n, [7, 9, 10, 5, 8, 4, 2]) === Number(n[7]),
  IT: (n) => /^\d{11}$/.test(n) && luhn(n),
  PL: (n) => /^\d{10}$/.test(n) && weighted(n, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(n[9]),
  PT: (n) => /^\d{9}$/.test(n) && [mod11(n, [9, 8, 7, 6, 5, 4, 3, 2]) % 10].includes(Number(n[8])),
  SE: (n) => /^\d{12}$/.test(n) && luhn(n.slice(0, 10)),
};

function weighted(number: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(number[i]), 0);
}

/** 11 less the remainder, 0 where nothing remains. */
function mod11(number: string, weights: readonly number[]): number {
  return (11 - (weighted(number, weights) % 11)) % 11;
}

function luhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** ISO 7064 Mod 11,10. */
function iso7064(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10;
}
