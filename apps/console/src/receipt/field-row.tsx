import { dayOf, decimalOf } from '../format/amounts.ts';
import { TEXTS } from '../texts.ts';
import type { ShownField } from './leaves.ts';

const text = TEXTS.receipt;
/** Below this a value is worth a look; the same as the review's own bar. */
const SURE = 0.8;

export interface Lighting {
  /** Paths of the fields that are lit. */
  readonly lit: ReadonlySet<string>;
  onField(path: string | null): void;
}

export function shownValue({ leaf, kind }: ShownField): string | null {
  if (leaf === null) return null;
  if (kind === 'decimal') return decimalOf(leaf.value);
  if (kind === 'day') return dayOf(leaf.value);
  return leaf.value;
}

/** Sign and colour: no colour alone says how sure a value is. */
export function Confidence({ leaf }: Pick<ShownField, 'leaf'>) {
  if (leaf === null) return null;
  if (leaf.reviewed)
    return (
      <span className="sure person" title={text.reviewed}>
        ✎
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

/** A field that stands once. */
export function FieldRow({ field, lighting, missing }: { field: ShownField; lighting: Lighting; missing: string }) {
  const { path, label, leaf } = field;
  const value = shownValue(field);
  const printed = leaf && leaf.text !== leaf.value && leaf.text !== value ? leaf.text : null;
  return (
    <div
      className={lighting.lit.has(path) ? 'field lit' : 'field'}
      data-field={path}
      onPointerEnter={() => lighting.onField(path)}
      onPointerLeave={() => lighting.onField(null)}
    >
      <dt>{label}</dt>
      <dd>
        <span className="value">{value ?? <em className="dim">{missing}</em>}</span>
        {printed ? <span className="dim printed">{printed}</span> : null}
        <Confidence leaf={leaf} />
      </dd>
    </div>
  );
}
