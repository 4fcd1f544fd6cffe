import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@slipstream/testing';
import { type Judged, outcomeOf, TOP1_MIN } from './judge-look-ups.ts';
import type { KeyedReceipt } from './keyed-receipts.ts';
import { createLookUp } from './look-up.ts';
import { rememberReceipts } from './remember-receipts.ts';
import { splitReceipts } from './split-receipts.ts';

export interface SplitResult {
  readonly seed: number;
  readonly indexed: number;
  readonly merchants: number;
  readonly judged: readonly Judged[];
}

/** One random split: the one half remembered through the functions, the other half and the strangers looked up. */
export async function evaluateSplit(receipts: readonly KeyedReceipt[], seed: number): Promise<SplitResult> {
  const random = new Random(seed);
  const { indexed, kept_back, strangers } = splitReceipts(receipts, random);
  const folder = await mkdtemp(join(tmpdir(), 'slipstream-merchants-eval-'));
  try {
    const remembered = await rememberReceipts(indexed, folder);
    const lookUp = createLookUp(remembered);
    const judged: Judged[] = [];
    for (const share of TOP1_MIN.keys()) {
      const asked = [
        ...kept_back.map((receipt) => ({ receipt, is_stranger: false })),
        ...strangers.map((receipt) => ({ receipt, is_stranger: true })),
      ];
      for (const { receipt, is_stranger } of asked) {
        const found = await lookUp(receipt, share, is_stranger, random);
        judged.push({ ...found, outcome: outcomeOf(found, remembered.companyOf) });
      }
    }
    await remembered.close();
    return { seed, indexed: indexed.length, merchants: remembered.merchants, judged };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
