import type { FoundCalibrated } from './found.ts';
import { printDoubt } from './print-doubt.ts';

/** Numbers between 0 and about 1 that say how well a field is supported. Few and plain, so that 200 receipts can weigh them. */
export type Features = Readonly<Record<string, number>>;

/** The four fields that are calibrated on receipts read by people. */
export type CalibratedField = 'company' | 'address' | 'date' | 'total';

const NO_DOUBT = printDoubt([], 1);
const share = (value: number, of: number): number => Math.max(0, Math.min(1, value / of));
const flag = (value: boolean): number => (value ? 1 : 0);

/** `page_confidence` is the engine's, see `pageConfidence`. */
export function featuresOf(found: FoundCalibrated, page_confidence: number): Features {
  switch (found.kind) {
    case 'company': {
      const { name, address } = found;
      return {
        legal: flag(name.legal),
        untitled: flag(name.untitled),
        margin: share(name.score - name.rival_score, 6),
        score: share(name.score, 8),
        address_below: flag(address !== null),
        ...printDoubt(name.words, page_confidence),
      };
    }
    case 'address': {
      const { address } = found;
      const rows = Math.max(address.to - address.from, 1);
      return {
        score: share(address.score, 10),
        per_row: share(address.score / rows, 4),
        single_row: flag(rows === 1),
        ends_well: flag(address.ends_well),
        doubtful_edge: flag(address.doubtful_edge),
        ...printDoubt(address.words, page_confidence),
      };
    }
    case 'date': {
      const { date } = found;
      return {
        labelled: flag(date.labelled),
        with_time: flag(date.with_time),
        repeated: flag(date.repeats > 1),
        order_known: flag(date.order_known),
        rivalled: flag(date.rivals > 0),
        long_year: flag(date.year_digits === 4),
        ...printDoubt(date.words, page_confidence),
      };
    }
    case 'total': {
      const { total, margin, reconciled, agreement } = found;
      return {
        reconciled: flag(reconciled),
        paid: flag(total.paid),
        labelled: flag(total.labelled),
        strength: share(total.strength, 2),
        repeated: share(total.repeats - 1, 2),
        margin: share(margin, 4),
        agreed: flag(agreement.agreed),
        // Of those that the ranker is all but sure of, it is wrong about one in a hundred.
        ranker_doubt: share(1 - agreement.share, 0.5),
        // A total that the items lead to, or that was paid, is not misread: the sum would not come out.
        ...(reconciled || total.paid ? NO_DOUBT : printDoubt(total.amount.words, page_confidence)),
      };
    }
  }
}
