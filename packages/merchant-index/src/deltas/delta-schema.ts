import { createRequire } from 'node:module';
import type { Field, FixedSizeList, Float32, Schema } from 'apache-arrow';

type Arrow = typeof import('apache-arrow');

/** The file's own metadata hold what is not a column: whose rows these are, and by which embedding. */
export const HEADER_KEY = 'slipstream_delta';

export interface DeltaArrow {
  readonly lib: Arrow;
  vectorType(dimensions: number): FixedSizeList<Float32>;
  deltaSchema(dimensions: number): Schema;
}

let loaded: DeltaArrow | null = null;

/** Loaded with the first delta (some 70 ms), not with the program; the instance that LanceDB uses, not a second one. */
export function loadArrow(): DeltaArrow {
  loaded ??= load();
  return loaded;
}

function load(): DeltaArrow {
  const lib: Arrow = createRequire(import.meta.url)('apache-arrow');
  const vectorType = (dimensions: number) =>
    new lib.FixedSizeList(dimensions, lib.Field.new({ name: 'item', type: new lib.Float32(), nullable: false }));
  const text = (name: string, nullable = false): Field => lib.Field.new({ name, type: new lib.Utf8(), nullable });
  const deltaSchema = (dimensions: number) =>
    new lib.Schema([
      text('id'),
      text('receipt_id'),
      text('merchant_id', true),
      text('phone', true),
      text('address_key', true),
      text('text'),
      lib.Field.new({ name: 'vector', type: vectorType(dimensions), nullable: false }),
    ]);
  return { lib, vectorType, deltaSchema };
}
