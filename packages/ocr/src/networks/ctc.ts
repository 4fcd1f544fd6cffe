/** A letter and where it was read: the step of the network's output, eight pixels of the line's 48 each. */
export interface Letter {
  readonly text: string;
  /** Middle of its steps. */
  readonly step: number;
  readonly probability: number;
  /** What else may stand there, the likeliest first; '' is no letter at all. Absent where nothing else is likely. */
  readonly others?: readonly OtherLetter[];
  /** A letter that was nearly read between the one before and this one. */
  readonly skipped?: OtherLetter;
}

interface OtherLetter {
  readonly text: string;
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
/** Less likely letters are not worth a try. */
const OTHER_MIN = 0.01;
const OTHERS_MAX = 3;
/** From here on a letter is sure, and nothing else is looked for. */
const SURE_MIN = 0.985;

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
  let skipped: OtherLetter | null = null;
  for (let step = 0; step < line.steps; step += 1) {
    const base = line.offset + step * line.classes;
    const { index, probability, second, secondProbability } = likeliest(line.values, base, line.classes);
    const blank = line.values[base + space] ?? 0;
    if (blank > widest.probability) widest = { step, probability: blank };
    const last = found.at(-1);
    if (index !== 0 && index === previous && index !== space && last !== undefined) {
      run += 1;
      const others = probability > last.probability ? othersAt(line, base, index, probability, letters) : last.others;
      found[found.length - 1] = {
        ...last,
        step: last.step + 0.5,
        probability: Math.max(last.probability, probability),
        ...(others !== undefined && { others }),
      };
      widest = { step, probability: 0 };
    } else if (index !== 0 && index !== space) {
      if (last !== undefined && widest.probability >= BLANK_MIN) gaps[found.length] = widest.step;
      const others = othersAt(line, base, index, probability, letters);
      found.push({
        text: letters[index] ?? '',
        step,
        probability,
        ...(others !== undefined && { others }),
        ...(skipped !== null && { skipped }),
      });
      widest = { step, probability: 0 };
      run = 1;
      skipped = null;
    } else if (index === 0 && second !== 0 && second !== space && second !== previous) {
      if (secondProbability >= OTHER_MIN && secondProbability > (skipped?.probability ?? 0))
        skipped = { text: letters[second] ?? '', probability: secondProbability };
    }
    previous = index;
  }
  return run === 0 ? [] : split(found, gaps, line.steps);
}

/** The likeliest class of a step and the one after it. */
function likeliest(values: Float32Array, base: number, classes: number) {
  let [index, second] = [0, 0];
  let probability = values[base] ?? 0;
  let secondProbability = 0;
  for (let at = 1; at < classes; at += 1) {
    const value = values[base + at] ?? 0;
    if (value > probability) {
      [second, secondProbability] = [index, probability];
      index = at;
      probability = value;
    } else if (value > secondProbability) {
      second = at;
      secondProbability = value;
    }
  }
  return { index, probability, second, secondProbability };
}

/** The other classes of a step that are worth a try; a blank reads as no letter. */
function othersAt(
  { values, classes }: ClassProbabilities,
  base: number,
  chosen: number,
  probability: number,
  letters: readonly string[],
): readonly OtherLetter[] | undefined {
  if (probability >= SURE_MIN) return undefined;
  const others: OtherLetter[] = [];
  for (let at = 0; at < classes; at += 1) {
    const value = values[base + at] ?? 0;
    if (at !== chosen && value >= OTHER_MIN)
      others.push({ text: at === classes - 1 ? '' : (letters[at] ?? ''), probability: value });
  }
  return others.length === 0 ? undefined : others.sort((a, b) => b.probability - a.probability).slice(0, OTHERS_MAX);
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
