import { shownValue } from '../format/shown-value.ts';
import { TEXTS } from '../texts.ts';
import type { ShownField } from './leaves.ts';
import type { Reviewing } from './review.ts';

const text = TEXTS.receipt;
/** Below this a value is worth a look; the same as the review's own bar. */
const SURE = 0.8;

/** Sign and colour: no colour alone says how sure a value is. */
export function Confidence({ leaf }: Pick<ShownField, 'leaf'>) {
  if (leaf === null) return null;
  if (leaf.reviewed)
    return (
      <span className="sure person" title={text.reviewed}>
        ✎<span className="visually-hidden"> {text.reviewed}</span>
      </span>
    );
  // Cut, not rounded: what is below the bar never shows as the bar.
  const percent = `${Math.floor(leaf.confidence * 100)} %`;
  const level = leaf.confidence >= SURE ? 'high' : leaf.confidence >= SURE / 2 ? 'middle' : 'low';
  return (
    <span className={`sure ${level}`} title={`${percent} ${text.sure}`}>
      {level === 'high' ? '✓' : level === 'middle' ? '?' : '!'} {percent}
    </span>
  );
}

/** What a later reading found instead of a reviewed value. */
export function Proposal({ field: { leaf, kind, path }, review }: { field: ShownField; review: Reviewing }) {
  if (!leaf?.proposal) return null;
  return (
    <span className="proposal">
      {text.proposal} {shownValue(kind, leaf.proposal.value)}{' '}
      <button type="button" onClick={() => void review.save({ op: 'take', path })}>
        {text.take}
      </button>
    </span>
  );
}
