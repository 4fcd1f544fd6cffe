import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes new names in directories durable. Calls that come while a directory's sync runs share the one after it: the
 * running one may have begun before their rename.
 */
export class DirectorySync {
  readonly #next = new Map<string, Promise<void>>();
  readonly #running = new Map<string, Promise<void>>();

  sync(directory: string): Promise<void> {
    const next = this.#next.get(directory) ?? this.#runAfter(directory, this.#running.get(directory));
    this.#next.set(directory, next);
    return next;
  }

  async #runAfter(directory: string, running: Promise<void> | undefined): Promise<void> {
    // Settled, not fulfilled: that one's failure is told to those who wait for it.
    await Promise.allSettled([running]);
    this.#next.delete(directory);
    const sync = syncDirectory(directory);
    this.#running.set(directory, sync);
    try {
      await sync;
    } finally {
      if (this.#running.get(directory) === sync) this.#running.delete(directory);
    }
  }
}

/** Flushes the directory's entries to the disk. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the entry of `directory`, and those of its parents, durable up to the folder `last`. */
export async function syncParents(directory: string, last: string): Promise<void> {
  for (let parent = dirname(directory); ; parent = dirname(parent)) {
    await syncDirectory(parent);
    if (parent === last || parent === dirname(parent)) return;
  }
}
