/** What the log of one function says of its requests; see analyse-log.ts. */
export interface LogFacts {
  readonly source: string;
  readonly function_name: string | null;
  readonly requests: number;
  readonly verdict: string;
  readonly hosts: readonly { readonly host: string; readonly count: number }[];
}
