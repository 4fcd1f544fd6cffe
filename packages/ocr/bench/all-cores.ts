import { availableParallelism } from 'node:os';
import type { EngineName } from '../src/index.ts';
import { processTree } from './process-tree.ts';
import { read, startEngine } from './tally.ts';

/** How an engine uses a machine that has nothing else to do. */
export interface AllCores {
  readonly engine: string;
  readonly images: number;
  readonly images_per_s: number;
  /** From the order to start to the first document. */
  readonly first_s: number;
  /** Cores that were busy on average, from the first document on. */
  readonly busy_cores: number;
  /** Of this process and the engine's, each at its own peak; null where it cannot be known. */
  readonly peak_mb: number | null;
}

/** Starts the engine with one reader a core, reads one image, then all as fast as the machine can. Null where it does not run. */
export async function readOnAllCores(name: EngineName, files: readonly string[]): Promise<AllCores | null> {
  processTree.resetPeak();
  const from = performance.now();
  const tally = await startEngine(name, availableParallelism());
  const [first, ...rest] = files;
  if (tally === null || first === undefined) return null;
  try {
    await read(tally, first);
    const first_s = (performance.now() - from) / 1_000;
    await tally.engine.prewarm();
    const [cpu, began] = [processTree.cpuSeconds(), performance.now()];
    const waiting = rest.values();
    await Promise.all(
      Array.from({ length: tally.engine.concurrency }, async () => {
        for (const file of waiting) await read(tally, file);
      }),
    );
    const wall_s = (performance.now() - began) / 1_000;
    return {
      engine: `${tally.engine.name} ${tally.engine.version}`,
      images: rest.length,
      images_per_s: rest.length / wall_s,
      first_s,
      busy_cores: (processTree.cpuSeconds() - cpu) / wall_s,
      peak_mb: processTree.peakMb(),
    };
  } finally {
    await tally.engine.close();
  }
}
