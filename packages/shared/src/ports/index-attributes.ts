/**
 * What the secondary index holds of a record, besides its keys: what lists show and the sweeper needs, nothing more.
 * On AWS it is the index's projection (DynamoDB allows 100 of them); the embedded store cuts to the same, so that a
 * list that reads another attribute fails at home as well.
 */
export const INDEX_ATTRIBUTES = [
  'type',
  'revision',
  'status',
  'image_id',
  'job_id',
  'receipt_id',
  'run_id',
  'collection',
  'merchant_id',
  'merchant_name',
  'match_status',
  'name',
  'kind',
  'value',
  'date',
  'total',
  'currency',
  'confidence',
  'checks_ok',
  'checks_total',
  'item_count',
  'file_name',
  'uploaded_by',
  'object_key',
  'attempts',
  'expires_at',
  'reason_code',
  'reason_message',
  'receipt_count',
  'created_at',
  'updated_at',
] as const;
