import { useCallback, useMemo, useState } from 'react';
import type { ImageText } from '../api/api.ts';
import type { ShownField } from './leaves.ts';
import type { Reviewing } from './review.ts';
import { editedText, typedValue } from './typed-value.ts';

interface Open {
  readonly field: ShownField;
  readonly text: string;
  /** Whether a word of the picture was taken already: the next one is added to it. */
  readonly hasWord: boolean;
}

/** The one field that is being corrected, by typing or by words of the picture. */
export interface Editor {
  readonly open: Open | null;
  start(field: ShownField): void;
  type(text: string): void;
  /** Saves what was typed; nothing typed clears the field. */
  commit(): Promise<void>;
  cancel(): void;
  /** Takes a word of the picture into the open field. */
  takeWord(key: string): void;
}

export function useEditor(review: Reviewing, words: ImageText | null): Editor {
  const [open, setOpen] = useState<Open | null>(null);
  const { save } = review;
  const commit = useCallback(async () => {
    if (!open) return;
    const { path, kind, leaf } = open.field;
    const value = typedValue(kind, open.text);
    setOpen(null);
    if (value === '') {
      if (leaf !== null) await save({ op: 'clear', path });
    } else if (value === leaf?.value) await save({ op: 'confirm', path });
    // What the API refuses stays typed, beside the reason.
    else if ((await save({ op: 'set', path, value })) === 'refused') setOpen(open);
  }, [open, save]);
  return useMemo(
    () => ({
      open,
      start: (field) => setOpen({ field, text: editedText(field), hasWord: false }),
      type: (text) => setOpen((old) => (old ? { ...old, text } : null)),
      commit,
      cancel: () => setOpen(null),
      takeWord: (key) => {
        const [line = '', word = ''] = key.split(':');
        const text = words?.lines[Number(line)]?.words[Number(word)]?.text;
        if (text === undefined) return;
        setOpen((old) => old && { ...old, text: old.hasWord ? `${old.text} ${text}` : text, hasWord: true });
      },
    }),
    [open, commit, words],
  );
}
