import type { CatalogueChange } from '@slipstream/catalogue';

/** Changes that are ready at about the same time are one transaction, which is one flush of the disk. */
export class GroupCommit {
  readonly #apply: (changes: readonly CatalogueChange[]) => Promise<void>;
  #gathered: CatalogueChange[] = [];
  #next: Promise<void> | null = null;

  constructor(apply: (changes: readonly CatalogueChange[]) => Promise<void>) {
    this.#apply = apply;
  }

  /** Resolves when it is durable. */
  apply(change: CatalogueChange): Promise<void> {
    this.#gathered.push(change);
    this.#next ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      const changes = this.#gathered;
      this.#gathered = [];
      this.#next = null;
      return this.#apply(changes);
    });
    return this.#next;
  }
}
