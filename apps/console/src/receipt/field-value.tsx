import { shownValue } from '../format/shown-value.ts';
import { TEXTS } from '../texts.ts';
import type { Editor } from './editor.ts';
import type { ShownField } from './leaves.ts';

const text = TEXTS.receipt;
const INPUT_TYPES = { day: 'date', time: 'time', text: 'text', currency: 'text', decimal: 'text' } as const;

/** A value that opens for correction: Enter saves, Escape leaves it as it was. */
export function FieldValue({ field, editor, missing }: { field: ShownField; editor: Editor; missing: string }) {
  const name = `${field.label}, ${text.edit}`;
  const shown = shownValue(field.kind, field.leaf?.value);
  if (editor.open?.field.path !== field.path)
    return (
      <button
        type="button"
        className="value"
        aria-label={`${name}: ${shown ?? missing}`}
        onClick={() => editor.start(field)}
      >
        {shown ?? <em className="dim">{missing}</em>}
      </button>
    );
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the person has just opened it
      autoFocus
      className="value"
      aria-label={name}
      type={INPUT_TYPES[field.kind]}
      inputMode={field.kind === 'decimal' ? 'decimal' : undefined}
      value={editor.open.text}
      onChange={(event) => editor.type(event.target.value)}
      onFocus={(event) => INPUT_TYPES[field.kind] === 'text' && event.target.select()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void editor.commit();
        else if (event.key === 'Escape') editor.cancel();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
