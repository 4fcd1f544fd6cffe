import { describeObjectStoreContract } from '@slipstream/shared/testing';
import { describeOnServer, REGION } from '@slipstream/testing/vitest';
import { S3ObjectStore } from '../../src/index.ts';
import { makeBucket } from './make-bucket.ts';
import { uploadAsS3 } from './upload-as-s3.ts';

describeOnServer('S3', (endpoint) => {
  describeObjectStoreContract('S3ObjectStore', async () => {
    const store = new S3ObjectStore(await makeBucket(endpoint), { endpoint, region: REGION });
    return {
      store,
      upload: uploadAsS3,
      advance: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      dispose: async () => store.close(),
    };
  });
});
