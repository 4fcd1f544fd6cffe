/** What a till prints: a line of characters on its grid, a rule, or paper without print. */
export type PrintLine =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly align: 'left' | 'centre';
      readonly size: 1 | 2;
      readonly bold: boolean;
    }
  | { readonly kind: 'rule'; readonly character: '-' | '=' | '*' }
  | { readonly kind: 'gap'; readonly lines: number };

export const left = (text: string): PrintLine => ({ kind: 'text', text, align: 'left', size: 1, bold: false });
export const bold = (text: string): PrintLine => ({ kind: 'text', text, align: 'left', size: 1, bold: true });
export const centre = (text: string): PrintLine => ({ kind: 'text', text, align: 'centre', size: 1, bold: false });
export const heading = (text: string): PrintLine => ({ kind: 'text', text, align: 'centre', size: 2, bold: true });
export const rule = (character: '-' | '=' | '*' = '-'): PrintLine => ({ kind: 'rule', character });
export const gap = (lines = 1): PrintLine => ({ kind: 'gap', lines });

/** Text at both edges of `columns` characters. */
export function spread(start: string, end: string, columns: number): string {
  const space = columns - start.length - end.length;
  if (space < 1) throw new Error(`"${start}" and "${end}" do not fit in ${columns} columns`);
  return start + ' '.repeat(space) + end;
}
