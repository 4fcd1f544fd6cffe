import {
  imageIdOfRawKey,
  type OcrJobMessage,
  ocrJobMessageSchema,
  parseMessage,
  SlipstreamError,
} from '@slipstream/shared';

/**
 * A message as it came, checked at the door: of its schema, in our bucket, and about its own image. Whatever a message
 * says, no other object is ever read for it.
 */
export function checkMessage(body: string, bucket: string): OcrJobMessage {
  const message = parseMessage(ocrJobMessageSchema, body);
  if (message.s3_bucket !== bucket) {
    throw new SlipstreamError(
      'MESSAGE_BUCKET_FOREIGN',
      `The message names another bucket than ${bucket}: fix its sender, or give the agent the right --raw-bucket.`,
      { details: { bucket_expected: bucket, bucket: message.s3_bucket } },
    );
  }
  if (imageIdOfRawKey(message.s3_key) !== message.image_id) {
    throw new SlipstreamError(
      'MESSAGE_KEY_INVALID',
      `The message's key is not that of its image, raw/${message.image_id}: fix its sender.`,
      { details: { image_id: message.image_id, key: message.s3_key.slice(0, 200) } },
    );
  }
  return message;
}
