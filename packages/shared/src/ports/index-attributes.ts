/**
 * What the secondary index holds of a record, besides its keys: what tells which record it is, and what its readers
 * filter by; everything else they read from the record. On AWS it is the index's projection, of at most 20 attributes
 * (Amazon DynamoDB API reference, Projection); the embedded store cuts to the same, so that a list that reads another
 * attribute fails at home as well.
 */
export const INDEX_ATTRIBUTES = [
  // Of every record.
  'type',
  'revision',
  'status',
  'created_at',
  'updated_at',
  // Whose it is.
  'image_id',
  'job_id',
  'receipt_id',
  'run_id',
  'collection',
  'merchant_id',
  // Merchants and their keys.
  'name',
  'kind',
  'value',
] as const;
