import { S3BucketNotification } from '@cdktn/provider-aws/lib/s3-bucket-notification/index.js';
import type { ITerraformDependable } from 'cdktn';
import { Construct } from 'constructs';

/** The one way in: an object under raw/ is an event on the uploads queue. */
export class UploadEvents extends Construct {
  constructor(scope: Construct, id: string, bucketName: string, queueArn: string, queuePolicy: ITerraformDependable) {
    super(scope, id);
    new S3BucketNotification(this, 'notification', {
      bucket: bucketName,
      queue: [{ id: 'uploads', queueArn, events: ['s3:ObjectCreated:*'], filterPrefix: 'raw/' }],
      // S3 tries the queue when the notification is made: its policy has to stand.
      dependsOn: [queuePolicy],
    });
  }
}
