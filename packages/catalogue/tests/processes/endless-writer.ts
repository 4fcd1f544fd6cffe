/** Writes into a catalogue, or makes one, until it is killed. Arguments: folder, `apply` or `rebuild`, a seed. */
import { openSqliteCatalogue } from '../../src/index.ts';
import { drawnCorpus } from '../../testing/corpus.ts';

const [folder = '', mode, seed] = process.argv.slice(2);
const catalogue = openSqliteCatalogue({ folder, inProcess: true });
const build = mode === 'rebuild' ? await catalogue.rebuild() : null;
await build?.saveProgress('begun', 0, 1);
process.stdout.write('begun\n');
for (let round = 1; ; round += 1) {
  for (const receipt of drawnCorpus({ receipts: 200, seed: Number(seed) * 1_000 + round })) {
    const change = { kind: 'receipt', receipt: { ...receipt, revision: round } } as const;
    await (build ?? catalogue).apply([change]);
  }
}
