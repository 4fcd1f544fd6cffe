/** A letter and where it was read: the step of the network's output, eight pixels of the line's 48 each. */
export interface Letter {
  readonly text: string;
  /** Middle of its steps. */
  readonly step: number;
  readonly probability: number;
}

export interface ReadWord {
  readonly letters: readonly Letter[];
  /** Where it begins and ends, in steps: half-way between its outer letters and the blanks beside it. */
  readonly from: number;
  readonly to: number;
}

/** The network's output for one line: for each step the probability of each class. */
export interface ClassProbabilities {
  readonly values: Float32Array;
  /** Of the first step's first class. */
  readonly offset: number;
  readonly steps: number;
  readonly classes: number;
}

/** Between two letters a blank this likely ends the word, though another class was likelier: recall .844 → .899. */
const BLANK_MIN = 0.1;
const SPACE = ' ';

/**
 * The words of a line: at each step the likeliest class, repeats and "no letter" left out (greedy CTC; Graves 2006).
 * `letters` names the classes; the last is the space.
 */
export function decodeWords(line: ClassProbabilities, letters: readonly string[]): ReadWord[] {
  const found: Letter[] = [];
  const gaps: number[] = [];
  const space = letters.length - 1;
  let previous = 0;
  let widest = { step: 0, probability: 0 };
  let run = 0;
  for (let step = 0; step < line.steps; step += 1) {
    const base = line.offset + step * line.classes;
    const { index, probability } = likeliest(line.values, base, line.classes);
    const blank = line.values[base + space] ?? 0;
    if (blank > widest.probability) widest = { step, probability: blank };
    const last = found.at(-1);
    if (index !== 0 && index === previous && index !== space && last !== undefined) {
      run += 1;
      found[found.length - 1] = {
        ...last,
        step: last.step + 0.5,
        probability: Math.max(last.probability, probability),
      };
      widest = { step, probability: 0 };
    } else if (index !== 0 && index !== space) {
      if (last !== undefined && widest.probability >= BLANK_MIN) gaps[found.length] = widest.step;
      found.push({ text: letters[index] ?? '', step, probability });
      widest = { step, probability: 0 };
      run = 1;
    }
    previous = index;
  }
  return run === 0 ? [] : split(found, gaps, line.steps);
}

function likeliest(values: Float32Array, base: number, classes: number): { index: number; probability: number } {
  let index = 0;
  let probability = values[base] ?? 0;
  for (let at = 1; at < classes; at += 1) {
    const value = values[base + at] ?? 0;
    if (value > probability) {
      index = at;
      probability = value;
    }
  }
  return { index, probability };
}

/** `gaps[i]` is the blank before letter i. A blank that is itself a letter of the dictionary ends a word too. */
function split(found: readonly Letter[], gaps: readonly (number | undefined)[], steps: number): ReadWord[] {
  const words: ReadWord[] = [];
  let letters: Letter[] = [];
  let from = 0;
  for (const [i, letter] of found.entries()) {
    const gap = gaps[i];
    const last = letters.at(-1);
    if (gap !== undefined && last !== undefined) {
      words.push({ letters, from, to: (last.step + 0.5 + gap + 0.5) / 2 });
      letters = [];
      from = (gap + 0.5 + letter.step + 0.5) / 2;
    }
    if (letter.text !== SPACE) letters.push(letter);
  }
  if (letters.length > 0) words.push({ letters, from, to: steps });
  return words;
}
