import {
  type Collection,
  type IndexComparison,
  type IndexStatus,
  indexStatus,
  initIndex,
  isDifferent,
  rebuildIndex,
  verifyIndex,
} from '@slipstream/merchant-index';
import { pages } from '@slipstream/runtime';
import { SlipstreamError, styled } from '@slipstream/shared';
import {
  colour,
  EXIT_FAILED,
  figures,
  printJson,
  printLine,
  printTable,
  startProgress,
  type Verb,
  type VerbContext,
} from '@slipstream/terminal';
import { INDEX_OPERATION_SETTINGS, type IndexOperations, openIndexOperations } from '../service/index-operations.ts';
import { moveCollection } from '../service/move-collection.ts';

/** Times that an index is compared again because it has moved on meanwhile. */
const LOOKS_MAX = 6;

type IndexVerb = Verb<(typeof INDEX_OPERATION_SETTINGS)[number]>;

export const indexInitVerb: IndexVerb = {
  name: 'init',
  summary: 'Make the merchant index, empty; one that is there is left as it is',
  examples: ['slipstream index init', 'slipstream index init --stack dev --profile ops'],
  settings: INDEX_OPERATION_SETTINGS,
  run: (context) =>
    withIndex(context, async ({ ports, vectors, embedder, collections }) => {
      const results = [];
      for (const collection of collections) {
        const { created, snapshot } = await initIndex({ ...ports, vectors, identity: embedder.identity }, collection);
        results.push({ collection, created, uri: snapshot.uri, version: snapshot.version, rows: snapshot.rows });
      }
      if (context.json) printJson(results);
      for (const { collection, created, uri } of context.json ? [] : results) {
        printLine(styled`${collection}  ${created ? colour.green('made') : 'is there already'}  ${uri}`);
      }
      return 0;
    }),
};

export const indexStatusVerb: IndexVerb = {
  name: 'status',
  summary: 'Show what readers see of the merchant index, who writes it, and what waits to be merged',
  examples: ['slipstream index status', 'slipstream index status --json', 'slipstream index status --stack dev'],
  settings: INDEX_OPERATION_SETTINGS,
  run: (context) =>
    withIndex(context, async ({ ports, collections }) => {
      const statuses = await Promise.all(collections.map((collection) => indexStatus(ports, collection)));
      if (context.json) printJson(statuses);
      else printStatuses(statuses);
      return statuses.every(({ published }) => published !== null) ? 0 : EXIT_FAILED;
    }),
};

export const indexVerifyVerb: IndexVerb = {
  name: 'verify',
  summary: "Compare the index with the receipts' documents; a difference ends with 1",
  examples: ['slipstream index verify', 'slipstream index verify --json', 'slipstream index verify --stack dev'],
  settings: INDEX_OPERATION_SETTINGS,
  run: (context) =>
    withIndex(context, async (operations) => {
      const results = [];
      for (const collection of operations.collections) results.push(await verifyNewest(operations, collection));
      const isWrong = results.some(isDifferent);
      if (context.json) printJson(results);
      else {
        printTable(
          [
            'collection',
            { ...figures('receipts'), dispensable: 1 },
            ...['expected', 'found', 'missing', 'extra', 'different', 'twice', 'waiting'].map(figures),
          ],
          results.map((each) => [
            each.collection,
            ...[
              each.receipts,
              each.expected,
              each.found,
              each.missing,
              each.extra,
              each.different,
              each.duplicates,
            ].map(String),
            String(each.waiting),
          ]),
        );
        for (const { examples } of results) for (const example of examples) printLine(`  slipstream show ${example}`);
        for (const { collection, waiting } of results)
          if (waiting > 0) printLine(`${collection}: ${waiting} rows wait to be merged, which goes on by itself.`);
        if (isWrong)
          printLine(colour.red('The index is not what the documents say. Make it again: slipstream index rebuild'));
      }
      return isWrong ? EXIT_FAILED : 0;
    }),
};

export const indexRebuildVerb: IndexVerb = {
  name: 'rebuild',
  summary: 'Make the index again of records and documents alone; readers keep the old one until it is done',
  examples: ['slipstream index rebuild', 'slipstream index rebuild --stack dev --profile ops --json'],
  settings: INDEX_OPERATION_SETTINGS,
  run: (context) =>
    withIndex(context, async (operations) => {
      const { ports, vectors, embedder, collections, source } = operations;
      const results = [];
      for (const collection of collections) {
        const total = await expectedReceipts(source.receipts);
        const progress = startProgress(total, collection);
        const rebuilt = await rebuildIndex({ ...ports, source, vectors, embedder }, collection, {
          ...operations.writer(),
          onProgress: (receipts) => progress.update(receipts, ''),
        }).finally(() => progress.stop());
        const { snapshot, receipts, rows, unreadable, replaced, abandoned } = rebuilt;
        results.push({
          collection,
          receipts,
          rows,
          unreadable,
          uri: snapshot.uri,
          version: snapshot.version,
          replaced,
          abandoned,
        });
      }
      if (context.json) printJson(results);
      for (const each of context.json ? [] : results) {
        printLine(`${each.collection}  ${each.rows} rows of ${each.receipts} receipts  ${each.uri}`);
        if (each.unreadable > 0)
          printLine(colour.yellow(`  ${each.unreadable} receipts have no OCR document any more`));
        if (each.abandoned)
          printLine(
            colour.dim(
              `  ${each.abandoned.uri}, of a run that was cut off, ${each.abandoned.is_removed ? 'was removed' : 'can be removed'}`,
            ),
          );
        if (each.replaced) printLine(colour.dim(`  ${each.replaced} is not used any more and can be removed`));
      }
      return results.some(({ unreadable }) => unreadable > 0) ? EXIT_FAILED : 0;
    }),
};

export const indexMoveVerb: IndexVerb = {
  name: 'move',
  summary: "Copy a stack's index to another home, compare the two, and switch to it; the old one stays as it is",
  examples: ['slipstream index move --stack dev --to s3', 'slipstream index move --stack dev --to /mnt/chroma --json'],
  options: [['--to <home>', 'The new home: s3, or the folder where EFS is mounted on this machine']],
  settings: INDEX_OPERATION_SETTINGS,
  run: (context) =>
    withIndex(context, async (operations) => {
      const { to } = context.options;
      if (typeof to !== 'string' || to === '') {
        throw new SlipstreamError('REQUEST_INVALID', 'Where to? Name the new home: --to s3, or --to /mnt/chroma.');
      }
      const results = [];
      for (const collection of operations.collections) {
        results.push(await moveCollection(operations, collection, to));
      }
      if (context.json) printJson(results);
      for (const { collection, from, uri, rows } of context.json ? [] : results) {
        printLine(`${collection}  ${rows} rows  ${from} → ${uri}`);
        printLine(colour.dim(`  the old one is not written any more and can be removed: ${from}`));
      }
      return 0;
    }),
};

async function withIndex(
  { settings, logger }: VerbContext<(typeof INDEX_OPERATION_SETTINGS)[number]>,
  work: (operations: IndexOperations) => Promise<number>,
): Promise<number> {
  const operations = await openIndexOperations(settings, logger);
  try {
    return await work(operations);
  } finally {
    await operations.close();
  }
}

/**
 * A difference counts only where no newer version was published while it was looked for: with work under way, what is
 * missing here may be there. Of an index that never pauses, what was merged meanwhile is left out in the end.
 */
async function verifyNewest(operations: IndexOperations, collection: Collection): Promise<IndexComparison> {
  const { ports, vectors, embedder, source } = operations;
  for (let looks = 1; ; looks += 1) {
    const { table, version, updated_at } = await publishedOrThrow(ports, collection);
    const reader = await vectors.openReader(table, embedder.identity, version);
    try {
      const mergedSince = looks < LOOKS_MAX ? undefined : updated_at;
      const found = await verifyIndex(
        { source, compactionRuns: ports.compactionRuns },
        collection,
        reader,
        mergedSince,
      );
      const newest = await publishedOrThrow(ports, collection);
      if (!isDifferent(found) || newest.version === version || looks === LOOKS_MAX) return found;
    } finally {
      await reader.close();
    }
  }
}

async function publishedOrThrow({ indexRecords }: IndexOperations['ports'], collection: Collection) {
  const snapshot = await indexRecords.snapshot(collection);
  if (snapshot) return snapshot;
  const message = `The index ${collection} has not been made: slipstream index init, and slipstream index rebuild where there are receipts already.`;
  throw new SlipstreamError('INDEX_MISSING', message, { retry: 'never' });
}

async function expectedReceipts(receipts: IndexOperations['source']['receipts']): Promise<number> {
  let count = 0;
  for await (const { items } of pages((cursor) => receipts.list({ limit: 1_000, cursor }))) count += items.length;
  return count;
}

function printStatuses(statuses: readonly IndexStatus[]): void {
  printTable(
    [
      'collection',
      ...['version', 'rows'].map(figures),
      { title: 'merges', align: 'right', dispensable: 3 },
      { title: 'published', dispensable: 1 },
      { title: 'writer', min: 12, dispensable: 2 },
      ...['pending', 'failed'].map(figures),
      { title: 'home', min: 20, dispensable: 4 },
    ],
    statuses.map(({ collection, published, writer, pending, failed }) => [
      collection,
      published ? String(published.version) : colour.red('not made'),
      String(published?.rows ?? ''),
      String(published?.merges_since_optimised ?? ''),
      published?.published_at ?? '',
      writer ? writer.owner : '–',
      String(pending),
      failed > 0 ? colour.red(String(failed)) : '0',
      published?.uri ?? '',
    ]),
  );
  if (statuses.some(({ published }) => published === null)) {
    printLine(colour.dim('Make it: slipstream index init. With receipts already there: slipstream index rebuild.'));
  }
  if (statuses.some(({ failed }) => failed > 0)) {
    printLine(
      colour.dim(
        'Failed runs lack their rows: slipstream index verify shows where; slipstream index rebuild adds them.',
      ),
    );
  }
}
