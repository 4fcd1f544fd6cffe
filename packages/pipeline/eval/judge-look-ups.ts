import type { LookUp } from './look-up.ts';

/** Shares of damaged characters, each with the least share of receipts whose first merchant has to be the right one. */
export const TOP1_MIN: ReadonlyMap<number, number> = new Map([
  [0, 0.97],
  [0.05, 0.95],
  [0.15, 0.88],
]);
/** Of receipts of merchants that are not indexed, so many have to be called NEW or UNSURE. */
export const STRANGERS_MIN = 0.97;
/** A wrong match is worse than none: of receipts of known merchants, no more may be matched to another one. */
export const WRONG_MAX = 0.03;

export type Outcome = 'right' | 'wrong' | 'unsure_right' | 'unsure' | 'new';

/** `companyOf` tells which company a merchant's receipts are of. */
export function outcomeOf({ match, receipt }: LookUp, companyOf: (merchantId: string) => string | null): Outcome {
  const isRight = (merchantId: string | undefined | null) => !!merchantId && companyOf(merchantId) === receipt.truth;
  switch (match.status) {
    case 'MATCHED':
      return isRight(match.merchant_id) ? 'right' : 'wrong';
    case 'UNSURE':
      return isRight(match.candidates[0]?.merchant_id) ? 'unsure_right' : 'unsure';
    case 'NEW':
      return 'new';
  }
}

export interface ShareFigures {
  readonly share: number;
  readonly known: number;
  /** The merchant that is named first is the right one: matched, or the first of those that a person is asked about. */
  readonly top1: number;
  /** Matched to the right one, with nothing left to a person. */
  readonly matched: number;
  readonly wrong: number;
  readonly strangers: number;
  readonly strangers_right: number;
  readonly unread: number;
}

export interface Judged extends LookUp {
  readonly outcome: Outcome;
}

export function figuresOf(judged: readonly Judged[], share: number): ShareFigures {
  const own = judged.filter((look_up) => look_up.share === share);
  const known = own.filter(({ is_stranger }) => !is_stranger);
  const strangers = own.filter(({ is_stranger }) => is_stranger);
  const count = (list: readonly Judged[], ...outcomes: readonly Outcome[]) =>
    list.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const ratio = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return {
    share,
    known: known.length,
    top1: ratio(count(known, 'right', 'unsure_right'), known.length),
    matched: ratio(count(known, 'right'), known.length),
    wrong: ratio(count(known, 'wrong'), known.length),
    strangers: strangers.length,
    strangers_right: ratio(count(strangers, 'new', 'unsure', 'unsure_right'), strangers.length),
    unread: own.filter(({ is_read }) => !is_read).length,
  };
}

/** The bars that are missed, in words. */
export function missedBars(figures: readonly ShareFigures[]): readonly string[] {
  return figures.flatMap(({ share, top1, wrong, strangers_right }) => {
    const least = TOP1_MIN.get(share) ?? 1;
    const damage = `${Math.round(share * 100)} % damaged`;
    return [
      ...(top1 < least ? [`top-1 at ${damage}: ${top1.toFixed(3)} instead of ${least}`] : []),
      ...(wrong > WRONG_MAX ? [`wrong matches at ${damage}: ${wrong.toFixed(3)} instead of ${WRONG_MAX} at most`] : []),
      ...(strangers_right < STRANGERS_MIN
        ? [`strangers at ${damage}: ${strangers_right.toFixed(3)} instead of ${STRANGERS_MIN}`]
        : []),
    ];
  });
}
