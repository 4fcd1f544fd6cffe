import type { LookUp } from './look-up.ts';

/** Shares of damaged characters, each with the least share of receipts that have to be matched to the right merchant. */
export const TOP1_MIN: ReadonlyMap<number, number> = new Map([
  [0, 0.97],
  [0.05, 0.95],
  [0.15, 0.88],
]);
/** Of receipts of merchants that are not indexed, so many have to be called NEW or UNSURE. */
export const STRANGERS_MIN = 0.97;

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
  /** MATCHED, and right: the strict reading of top-1, which leaves nothing to a person. */
  readonly top1: number;
  /** With those that were put before a person with the right merchant first. */
  readonly top1_with_unsure: number;
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
    top1: ratio(count(known, 'right'), known.length),
    top1_with_unsure: ratio(count(known, 'right', 'unsure_right'), known.length),
    wrong: ratio(count(known, 'wrong'), known.length),
    strangers: strangers.length,
    strangers_right: ratio(count(strangers, 'new', 'unsure', 'unsure_right'), strangers.length),
    unread: own.filter(({ is_read }) => !is_read).length,
  };
}

/** The bars that are missed, in words. */
export function missedBars(figures: readonly ShareFigures[]): readonly string[] {
  return figures.flatMap(({ share, top1, strangers_right }) => {
    const least = TOP1_MIN.get(share) ?? 1;
    const damage = `${Math.round(share * 100)} % damaged`;
    return [
      ...(top1 < least ? [`top-1 at ${damage}: ${top1.toFixed(3)} instead of ${least}`] : []),
      ...(strangers_right < STRANGERS_MIN
        ? [`strangers at ${damage}: ${strangers_right.toFixed(3)} instead of ${STRANGERS_MIN}`]
        : []),
    ];
  });
}
