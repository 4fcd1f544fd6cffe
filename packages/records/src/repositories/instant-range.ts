/** Of an index that is sorted by instants (ISO): up to `before`, or from `after` on. */
export type InstantRange =
  | { readonly before: string; readonly after?: never }
  | { readonly after: string; readonly before?: never };

export function isInstantRange(options: Partial<InstantRange>): options is InstantRange {
  return options.before !== undefined || options.after !== undefined;
}

export function betweenInstants({ before, after }: InstantRange): readonly [string, string] {
  return before === undefined ? [after, '9'] : ['0', before];
}
