import type { QueueName, UploadEvent } from '@slipstream/shared';

/** The queue that S3 sends its notifications to. */
export const UPLOADS_QUEUE: QueueName = 'uploads-queue';

/** What S3 sends when an object was put (event structure 2.1), with the fields that are read and those that tell a person something. */
export function objectCreatedEvent(bucket: string, key: string, size: number, atMs: number): UploadEvent {
  return {
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        eventTime: new Date(atMs).toISOString(),
        s3: { bucket: { name: bucket }, object: { key: encodeEventKey(key), size } },
      },
    ],
  };
}

/** As S3 writes keys into its events: form encoding, slashes as they are. */
function encodeEventKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
}
