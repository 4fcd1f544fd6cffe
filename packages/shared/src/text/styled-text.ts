import { printable } from './printable.ts';

/** What may stand in a line of output: outside text as a plain string, or text of the program's own with its colours. */
export type TextPart = string | number | StyledText;

/** Text that may go to a terminal as it is. Only `styled` and `textColours` make it, from parts that they clean. */
export class StyledText {
  readonly #codes: string;
  readonly #plain: string;

  constructor(codes: string, plain: string) {
    this.#codes = codes;
    this.#plain = plain;
  }

  /** With the terminal's colour codes. */
  get codes(): string {
    return this.#codes;
  }

  /** Without them, so that a string it was put into by mistake loses colour, never safety. */
  toString(): string {
    return this.#plain;
  }
}

/** A template whose own words are kept and whose values are made printable: styled`${colour.red('failed')}  ${file_name}`. */
export function styled(words: TemplateStringsArray, ...values: readonly TextPart[]): StyledText {
  const join = (render: (part: TextPart) => string) =>
    words.map((word, index) => word + (index < values.length ? render(values[index] ?? '') : '')).join('');
  return new StyledText(join(terminalText), join(plainText));
}

/** A part as it may be written to a terminal. */
export function terminalText(part: TextPart): string {
  return part instanceof StyledText ? part.codes : printable(String(part));
}

const plainText = (part: TextPart): string => printable(String(part));

/** SGR codes: what begins the style and what ends it (ECMA-48, 8.3.117). */
const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;
export type TextColours = Readonly<Record<keyof typeof STYLES, (part: TextPart) => StyledText>>;

/** Colours that are codes on a terminal and nothing elsewhere. */
export function textColours(isTerminal: boolean): TextColours {
  const style = (name: keyof typeof STYLES) => (part: TextPart) => {
    const [on, off] = STYLES[name];
    const inner = terminalText(part);
    return new StyledText(isTerminal ? `\u001b[${on}m${inner}\u001b[${off}m` : inner, plainText(part));
  };
  return {
    bold: style('bold'),
    dim: style('dim'),
    red: style('red'),
    green: style('green'),
    yellow: style('yellow'),
    cyan: style('cyan'),
  };
}
