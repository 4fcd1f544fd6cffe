import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { chromaEnvironment } from '../testing/start-chroma.ts';
import { BENCH_IDENTITY, benchReceipts, queryVectors } from './bench-rows.ts';

const answerSchema = z.object({ process_s: z.number(), fetch_s: z.number() });

/** Seconds from the start of a Python process to its first answer, with the snapshot fetched from the same server. */
export async function predecessorLookup(
  bucket: { readonly folder: string; readonly url: string },
  rows: number,
): Promise<number> {
  const python = join(await chromaEnvironment(), 'bin/python');
  const script = join(import.meta.dirname, 'predecessor.py');
  const name = `chroma-${rows}.tar.gz`;
  const run = promisify(execFile);
  const folder = await mkdtemp(join(tmpdir(), 'slipstream-predecessor-'));
  try {
    if (!existsSync(join(bucket.folder, name))) {
      const vectors = join(folder, 'rows.f32');
      await writeVectors(vectors, rows);
      await run(python, [
        script,
        'make',
        vectors,
        String(rows),
        String(BENCH_IDENTITY.dimensions),
        join(bucket.folder, name),
      ]);
    }
    const query = join(folder, 'query.f32');
    const [vector] = queryVectors(1, rows);
    await writeFile(query, new Uint8Array(vector?.buffer ?? new ArrayBuffer(0)));
    const { stdout } = await run(python, [script, 'ask', `${bucket.url}/${name}`, query, join(folder, 'unpacked')]);
    return answerSchema.parse(JSON.parse(stdout)).process_s;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeVectors(path: string, rows: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const receipt of benchReceipts(rows)) {
      for (const { vector } of receipt) await file.write(new Uint8Array(vector.buffer));
    }
  } finally {
    await file.close();
  }
}
