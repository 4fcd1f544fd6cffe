import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Snapshot } from '../snapshot/snapshot.ts';

const HEAD_BYTES = 65_536;

/**
 * The function that a log is of: named by its file, by a log group in its first lines, or the only one in a VPC. null: it
 * cannot be told.
 */
export async function functionOfLog(file: string, snapshot: Snapshot): Promise<string | null> {
  const names = snapshot.functions.map(({ name }) => name).toSorted((a, b) => b.length - a.length);
  const byFile = names.find((name) => basename(file).includes(name));
  if (byFile) return byFile;
  const head = await beginningOf(file);
  const group = /\/aws\/lambda\/([\w-]+)/.exec(head)?.[1];
  if (group && names.includes(group)) return group;
  const inside = snapshot.functions.filter(({ vpc }) => vpc !== null);
  return inside.length === 1 ? (inside[0]?.name ?? null) : null;
}

async function beginningOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString('latin1');
  } finally {
    await handle.close();
  }
}
