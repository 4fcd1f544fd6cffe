import type { CompactionMessage } from '@slipstream/shared';
import type { World } from './world.ts';

/** Two compactors, of which the first freezes somewhere, past its lease. */
export interface Scenario {
  readonly name: string;
  /** What has happened before; what the first one takes. */
  begin(world: World): Promise<readonly CompactionMessage[]>;
  /** What happens while it stands still; what the second one takes. */
  meanwhile(world: World): Promise<readonly CompactionMessage[]>;
}

const HOUR_MS = 3_600_000;

async function merged(world: World): Promise<void> {
  await world.drain();
  await world.check('before it begins', true);
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'the same delta is delivered to both',
    begin: (world) => world.read('a', [3]),
    meanwhile: async (world) => world.waiting,
  },
  {
    name: 'read again into fewer rows',
    begin: (world) => world.read('a', [4]),
    meanwhile: (world) => world.read('a', [2]),
  },
  {
    name: 'read again into fewer rows, and another receipt is published after it',
    begin: (world) => world.read('a', [4]),
    meanwhile: async (world) => {
      const again = await world.read('a', [2]);
      await world.compactor('between', again).run();
      return world.read('b', [1]);
    },
  },
  {
    name: 'read again into fewer receipts',
    begin: async (world) => {
      await world.read('a', [2, 2]);
      await merged(world);
      return world.read('a', [3, 3]);
    },
    meanwhile: (world) => world.read('a', [2]),
  },
  {
    name: 'deltas out of order',
    begin: async (world) => {
      const first = await world.read('a', [3]);
      await world.read('a', [2]);
      return world.waiting.filter((message) => !first.includes(message));
    },
    meanwhile: async (world) => world.everSent.slice(0, 1),
  },
  {
    name: 'its receipt is removed',
    begin: (world) => world.read('a', [3]),
    meanwhile: (world) => world.read('a', []),
  },
  {
    name: 'a receipt that a person corrected is read no more, and stays',
    begin: async (world) => {
      await world.read('a', [3, 2]);
      await merged(world);
      await world.review('a', '00001');
      await world.rename('a', '00001', 'one');
      return world.waiting;
    },
    meanwhile: async (world) => {
      await world.read('a', []);
      await world.rename('a', '00001', 'two');
      return world.everSent;
    },
  },
  {
    name: 'removed, and made again',
    begin: async (world) => {
      await world.read('a', [3]);
      await world.rename('a', '00001', 'one');
      await world.rename('a', '00001', 'two');
      await merged(world);
      return world.read('a', []);
    },
    meanwhile: async (world) => {
      await world.read('a', [2]);
      return world.waiting;
    },
  },
  {
    name: 'a refresh before its delta',
    begin: async (world) => {
      await world.read('a', [2]);
      return world.rename('a', '00001', 'one');
    },
    meanwhile: async (world) => world.waiting.filter((message) => message.kind === 'delta'),
  },
  {
    name: 'the merchant changes twice',
    begin: async (world) => {
      await world.read('a', [2]);
      await merged(world);
      return world.rename('a', '00001', 'one');
    },
    meanwhile: (world) => world.rename('a', '00001', 'two'),
  },
  {
    name: 'the merchant changes and changes back',
    begin: async (world) => {
      await world.read('a', [2]);
      await world.rename('a', '00001', 'one');
      await merged(world);
      return world.rename('a', '00001', 'two');
    },
    meanwhile: (world) => world.rename('a', '00001', 'one'),
  },
  {
    name: 'an old delta is delivered again after its receipt was removed',
    begin: async (world) => {
      await world.read('a', [3]);
      await merged(world);
      await world.read('a', []);
      await merged(world);
      return world.read('b', [1]);
    },
    meanwhile: async (world) => world.everSent,
  },
  {
    name: 'the table is put in order meanwhile',
    begin: async (world) => {
      await world.read('a', [2]);
      await merged(world);
      return world.read('a', [1]);
    },
    meanwhile: async (world) => {
      await world.clock.advance(HOUR_MS);
      return world.read('b', [2]);
    },
  },
  {
    name: 'the snapshot is lost meanwhile',
    begin: async (world) => {
      await world.read('a', [2]);
      await merged(world);
      return world.read('a', [1]);
    },
    meanwhile: async (world) => {
      await world.loseSnapshot();
      return world.read('b', [2]);
    },
  },
];
