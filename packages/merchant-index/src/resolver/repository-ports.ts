import type { Merchants } from '@slipstream/records';
import type { Clock, MerchantRecord } from '@slipstream/shared';
import type { KnownMerchant } from './candidate.ts';
import { NameStatistics } from './name-statistics.ts';
import type { FindPlace } from './places/place-directory.ts';
import type { ResolverPorts } from './resolver-ports.ts';

/** Names from which is learnt which words are common; a sample of a larger memory tells the same. */
const NAMES_MAX = 5_000;
/** How long what was learnt holds: the more names there are, the less a new one changes. */
const STATISTICS_MS_PER_NAME = 100;
const STATISTICS_MS_MAX = 300_000;

export interface ResolverSources {
  readonly merchants: Merchants;
  readonly clock: Clock;
  readonly findPlace: FindPlace | null;
}

/** What the resolver asks whatever the receipt: it is kept for a process's life. */
export type SharedPorts = Omit<ResolverPorts, 'nearestRows' | 'recent'>;

/** The resolver's questions, answered by the records and the directory. */
export function createResolverPorts({ merchants, clock, findPlace }: ResolverSources): SharedPorts {
  const names = cachedStatistics(merchants, clock);
  return {
    ownerOf: async (key) => {
      const owner = await merchants.ownerOf(key);
      return owner === null ? null : known(await merchants.find(owner));
    },
    find: async (merchantId) => known(await merchants.find(merchantId)),
    keysOf: async (merchantId, limit) => (await merchants.keysOf(merchantId, { limit })).items,
    statistics: names,
    findPlace,
  };
}

function known(record: MerchantRecord | null): KnownMerchant | null {
  return record && { merchant_id: record.merchant_id, name: record.name, aliases: record.aliases };
}

function cachedStatistics(merchants: Merchants, clock: Clock): () => Promise<NameStatistics> {
  let read: { readonly until: number; readonly statistics: Promise<NameStatistics> } | null = null;
  const learn = async () => {
    const names = await merchants.names(NAMES_MAX);
    const statistics = new NameStatistics(names);
    const until = clock.monotonic() + Math.min(STATISTICS_MS_MAX, names.length * STATISTICS_MS_PER_NAME);
    read = { until, statistics: Promise.resolve(statistics) };
    return statistics;
  };
  return async () => {
    if (read !== null && clock.monotonic() < read.until) return read.statistics;
    // Whoever asks meanwhile waits for the same reading; one that failed is asked for again.
    read = { until: Number.POSITIVE_INFINITY, statistics: learn() };
    try {
      return await read.statistics;
    } catch (error) {
      read = null;
      throw error;
    }
  };
}
