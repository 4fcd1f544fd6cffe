import { shownValue } from '../format/shown-value.ts';
import type { Editor } from './editor.ts';
import { FieldValue } from './field-value.tsx';
import { Confidence, Proposal } from './leaf-marks.tsx';
import type { ShownField } from './leaves.ts';
import type { Reviewing } from './review.ts';

export interface Lighting {
  /** Paths of the fields that are lit. */
  readonly lit: ReadonlySet<string>;
  onField(path: string | null): void;
}

/** What fields need to be shown, lit and corrected. */
export interface FieldContext {
  readonly lighting: Lighting;
  readonly editor: Editor;
  readonly review: Reviewing;
}

/** A field that stands once. */
export function FieldRow({ field, context, missing }: { field: ShownField; context: FieldContext; missing: string }) {
  const { path, label, leaf } = field;
  const { lighting, editor, review } = context;
  const value = shownValue(field.kind, leaf?.value);
  const printed = leaf && leaf.text !== leaf.value && leaf.text !== value ? leaf.text : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only lights; what is done is done by the value's button
    <div
      className={lighting.lit.has(path) ? 'field lit' : 'field'}
      data-field={path}
      onPointerEnter={() => lighting.onField(path)}
      onPointerLeave={() => lighting.onField(null)}
      onFocus={() => lighting.onField(path)}
    >
      <dt>{label}</dt>
      <dd>
        <FieldValue field={field} editor={editor} missing={missing} />
        {printed ? <span className="dim printed">{printed}</span> : null}
        <Confidence leaf={leaf} />
        <Proposal field={field} review={review} />
      </dd>
    </div>
  );
}
