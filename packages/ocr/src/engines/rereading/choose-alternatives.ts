import type { OcrDocument, OcrPass, Receipt } from '@slipstream/shared';
import { isUnproven, receiptsOf } from './doubtful-zones.ts';
import { isNothingLost, isProven } from './proof.ts';

/** Parses of the whole document; one takes some ten milliseconds. */
const TRIALS_MAX = 48;
/** Two figures at once: only of the likeliest. */
const PAIRED_MAX = 8;
/**
 * A sum that one changed letter makes hold by chance is rare, and rarer where the letter was nearly read so: below this,
 * a second check has to hold, too.
 */
const PROBABILITY_MIN = 0.1;
/** Checks that a receipt has to pass where the change itself was not likely. */
const CHECKS_MIN = 2;

interface Change {
  readonly line: number;
  readonly word: number;
  readonly text: string;
  readonly probability: number;
}

interface Repaired {
  readonly document: OcrDocument;
  readonly receipts: readonly Receipt[];
}

/**
 * Where the figures of a receipt do not lead to its total: the document with the one figure, or the two, read otherwise
 * that makes them lead there. As it is where no other reading does, or where several do and differ.
 */
export function chooseAlternatives(document: OcrDocument, receipts: readonly Receipt[], signal: AbortSignal): Repaired {
  const before = { document, receipts };
  if (!receipts.some(isUnproven)) return before;
  const changes = changesOf(document).slice(0, TRIALS_MAX);
  const singles = changes.map((change) => [change]);
  const pairs = changes
    .slice(0, PAIRED_MAX)
    .flatMap((first, i) => changes.slice(i + 1, PAIRED_MAX).map((second) => [first, second]))
    .filter(([first, second]) => first?.line !== second?.line || first?.word !== second?.word);
  return onlyOne(before, singles, signal) ?? onlyOne(before, pairs, signal) ?? before;
}

/** Null where none makes the figures lead to the total, or where those that do give different receipts. */
function onlyOne(before: Repaired, trials: readonly (readonly Change[])[], signal: AbortSignal): Repaired | null {
  const found = new Map<string, Repaired>();
  for (const changes of trials) {
    if (signal.aborted) return null;
    const document = withChanges(before.document, changes);
    const receipts = receiptsOf(document);
    const isOfTotal = changes.some((change) => isInTotal(before.receipts, change));
    if (!isProven(before.receipts, receipts) || !isNothingLost(before.receipts, receipts, isOfTotal)) continue;
    const likely = changes.length === 1 && changes.every(({ probability }) => probability >= PROBABILITY_MIN);
    if ((!likely || isOfTotal) && !isProvenTwice(before.receipts, receipts)) continue;
    const figures = JSON.stringify(receipts.map(figuresOf));
    if (!found.has(figures)) found.set(figures, { document, receipts });
  }
  const [only, ...others] = found.values();
  return only !== undefined && others.length === 0 ? only : null;
}

function changesOf({ lines }: OcrDocument): Change[] {
  return lines
    .flatMap(({ words }, line) =>
      words.flatMap(({ alternatives = [] }, word) =>
        alternatives.map((alternative) => ({ ...alternative, line, word })),
      ),
    )
    .sort((a, b) => b.probability - a.probability);
}

function withChanges(document: OcrDocument, changes: readonly Change[]): OcrDocument {
  const lines = document.lines.slice();
  const passes: OcrPass[] = [];
  for (const { line: at, word, text } of changes) {
    const line = lines[at];
    const changed = line?.words[word];
    if (line === undefined || changed === undefined) continue;
    const words = line.words.with(word, { ...changed, text });
    lines[at] = { ...line, words, text: words.map((one) => one.text).join(' ') };
    passes.push({ page: line.page ?? 0, quad: changed.quad, engine: 0, reason: 'other-letter', taken: true });
  }
  return { ...document, lines, passes: [...(document.passes ?? []), ...passes] };
}

function isInTotal(receipts: readonly Receipt[], { line, word }: Change): boolean {
  return receipts.some(({ total }) => total?.words.some(([l, w]) => l === line && w === word));
}

/** Of every receipt that is proven now. */
function isProvenTwice(before: readonly Receipt[], after: readonly Receipt[]): boolean {
  return after.every((receipt, i) => {
    const was = before[i];
    const isRepaired = was !== undefined && isUnproven(was) && !isUnproven(receipt);
    return !isRepaired || receipt.checks.filter(({ ok }) => ok).length >= CHECKS_MIN;
  });
}

function figuresOf({ total, line_items }: Receipt) {
  return [total?.value, line_items.map(({ amount }) => amount?.value)];
}
