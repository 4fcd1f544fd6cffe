import type { read } from '../../support/read.ts';

/** A small receipt as a shop of the country prints it (see `page`), and what is to be read from it. */
export interface ExpectedReceipt {
  readonly name: string;
  readonly rows: readonly string[];
  readonly values: Partial<ReturnType<typeof read>>;
  /** The amounts of its items. */
  readonly amounts?: readonly string[];
}
