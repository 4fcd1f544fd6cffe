/** One page of a listing. `cursor` is opaque; null on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}
