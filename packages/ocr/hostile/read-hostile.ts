import { readFileSync } from 'node:fs';
import { checkImage, sha256Hex } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { ReadingPool } from '../src/children/reading-pool.ts';
import { DocumentReader } from '../src/engines/document-reader.ts';
import { PpocrEngine } from '../src/engines/ppocr/ppocr-engine.ts';
import { hostileFiles } from './hostile-files.ts';

export interface HostileOutcome {
  readonly files: number;
  /** How many ended with each code; `read` for those that could be read all the same. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** What did not end with a reason of the file's own. */
  readonly faults: readonly string[];
  /** Of the largest reading process; null where the system does not tell. */
  readonly peakMb: number | null;
}

const TIMEOUT_MS = 60_000;

/** Reads seeded hostile files as the agent does: the door, then one reading process with the real engine. */
export async function readHostile(count: number, seed: number): Promise<HostileOutcome> {
  const pool = new ReadingPool({ size: 1, timeoutMs: TIMEOUT_MS });
  const reader = new DocumentReader(new PpocrEngine(pool, { languages: [], script: 'latin' }), pool);
  const outcomes = new Map<string, number>();
  const faults: string[] = [];
  let peakMb: number | null = null;
  try {
    for await (const { name, bytes } of hostileFiles(count, seed)) {
      const outcome = await outcomeOf(reader, bytes);
      outcomes.set(outcome.code, (outcomes.get(outcome.code) ?? 0) + 1);
      if (!outcome.isReason) faults.push(`${name}: ${outcome.code} ${outcome.message}`);
      for (const pid of pool.pids) peakMb = Math.max(peakMb ?? 0, peakOf(pid) ?? 0) || peakMb;
    }
  } finally {
    await reader.close();
  }
  return { files: count, outcomes, faults, peakMb };
}

async function outcomeOf(reader: DocumentReader, bytes: Uint8Array) {
  try {
    const image = { image_id: 'hostile', bytes, sha256: sha256Hex(bytes), ...checkImage(bytes) };
    await reader.recognise(image, new AbortController().signal);
    return { code: 'read', message: '', isReason: true };
  } catch (thrown) {
    if (!(thrown instanceof SlipstreamError)) return { code: 'thrown', message: String(thrown), isReason: false };
    return { code: thrown.code, message: thrown.message, isReason: thrown.code.startsWith('IMAGE_') };
  }
}

function peakOf(pid: number): number | null {
  try {
    const kb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? null : Math.round(Number(kb) / 1_024);
  } catch {
    return null; // another system, or it has just ended
  }
}
