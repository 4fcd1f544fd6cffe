import type { ShownField } from './leaves.ts';

/** What a person typed, as the API takes it: a figure with either mark for its decimals, letters for a currency. */
export function typedValue(kind: ShownField['kind'], typed: string): string {
  const text = typed.trim();
  if (kind === 'currency') return text.toUpperCase();
  return kind === 'decimal' ? typedDecimal(text) : text;
}

/**
 * `1.234,50`, `1,234.50`, `1 234,50` and `-12` are figures. The last mark parts the decimals, but for one that parts groups
 * of three: `1,234` is one thousand and more, `1,23` one and a bit. What is no figure stays as it is, and is refused.
 */
function typedDecimal(text: string): string {
  const figure = text.replace(/[\s\u00a0\u202f']/g, '');
  if (!/^[-+]?[\d.,]*\d$/.test(figure)) return text;
  const marks = [...figure.matchAll(/[.,]/g)];
  const last = marks.at(-1);
  if (!last) return figure.replace('+', '');
  const whole = figure.slice(0, last.index).replace(/[.,]/g, '');
  const rest = figure.slice(last.index + 1);
  const isGroup = rest.length === 3 && last[0] === ',' && marks.every(([mark]) => mark === ',');
  return `${whole}${isGroup ? '' : '.'}${rest}`.replace('+', '').replace(/^(-?)\./, '$10.');
}

/** What stands in the input when a field is opened. */
export function editedText({ leaf }: ShownField): string {
  return leaf?.value ?? '';
}
