/** What a value may be in both databases. */
export type SqlValue = string | number | bigint | readonly string[];

/** SQL that both databases understand, with a `?` for each value. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Where the two differ. */
export interface Dialect {
  /** Whether a text holds the value of the `?`. */
  contains(column: string): string;
  /** Receipts in which a word of each set stands. */
  withWords(sets: readonly (readonly string[])[]): Statement;
}

export function allOf(conditions: readonly Statement[]): Statement {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}
