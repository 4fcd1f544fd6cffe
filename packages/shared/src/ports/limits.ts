/**
 * AWS's limits, which every adapter enforces, so that nothing works at home and fails in the cloud.
 * Sources: the quota pages of the SQS, DynamoDB and S3 developer guides.
 */

/** SQS: a message with its attributes. */
export const MESSAGE_BYTES_MAX = 1_048_576;
/** SQS: DelaySeconds. */
export const MESSAGE_DELAY_MS_MAX = 900_000;
/** SQS: messages of one ReceiveMessage. */
export const RECEIVE_MESSAGES_MAX = 10;
/** SQS: WaitTimeSeconds. */
export const RECEIVE_WAIT_MS_MAX = 20_000;
/** SQS: a message is in one receiver's hands for 12 hours at most, extensions counted. */
export const VISIBILITY_MS_MAX = 43_200_000;

/** DynamoDB: an item, names and values. */
export const RECORD_BYTES_MAX = 400_000;
/** DynamoDB: TransactWriteItems. */
export const TRANSACT_WRITES_MAX = 100;
export const TRANSACT_BYTES_MAX = 4_000_000;
/** DynamoDB: a page of Query. */
export const QUERY_PAGE_BYTES_MAX = 1_048_576;
/** DynamoDB: partition and sort key, bytes of UTF-8. */
export const PARTITION_KEY_BYTES_MAX = 2_048;
export const SORT_KEY_BYTES_MAX = 1_024;
/** DynamoDB Streams: how long a change can be read. */
export const CHANGES_KEPT_MS = 86_400_000;

/** S3: a key, bytes of UTF-8. */
export const OBJECT_KEY_BYTES_MAX = 1_024;
/** S3: names and values of user-defined metadata. */
export const OBJECT_METADATA_BYTES_MAX = 2_048;
/** S3: one PutObject. */
export const OBJECT_BYTES_MAX = 5_368_709_120;
/** S3: a page of ListObjectsV2. */
export const LIST_OBJECTS_MAX = 1_000;
/** S3: a presigned URL made with long-lived credentials. */
export const PRESIGN_EXPIRES_S_MAX = 604_800;

/** Rows that one query returns at most; ours, so that no caller holds a table in memory. */
export const QUERY_ROWS_MAX = 1_000;
