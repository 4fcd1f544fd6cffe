import { type Collection, indexedTexts, type MerchantMemory } from '@slipstream/merchant-index';
import type { ReadReceipt } from '@slipstream/receipt-parser';

/** A receipt's rows of each collection, with their vectors. */
export type EmbeddedRows = ReadonlyMap<Collection, readonly { readonly text: string; readonly vector: Float32Array }[]>;

/** One request to the embedder a receipt, for its look-up and its rows alike. */
export async function embedReceipt(
  { embedder, collections }: Pick<MerchantMemory, 'embedder' | 'collections'>,
  { rows }: Pick<ReadReceipt, 'rows'>,
): Promise<EmbeddedRows> {
  const texts = collections.map((collection) => ({ collection, texts: indexedTexts(collection, rows) }));
  const vectors = await embedder.embed(texts.flatMap((each) => each.texts.map(({ embedded }) => embedded)));
  let at = 0;
  return new Map(
    texts.map((each) => [
      each.collection,
      each.texts.map(({ text }) => {
        const vector = vectors[at];
        at += 1;
        if (vector === undefined) throw new TypeError('The embedder gave fewer vectors than it was given texts.');
        return { text, vector };
      }),
    ]),
  );
}
