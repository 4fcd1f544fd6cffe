import { imageIdOf } from '@slipstream/shared';

const image_id = imageIdOf('0'.repeat(64));
const message = (body: object) => ({
  Records: [{ messageId: 'm', body: JSON.stringify(body), attributes: { ApproximateReceiveCount: '1' } }],
});

/**
 * The first event of each function: one that makes it call its store, so that the clients' start is in the figure.
 * What it asks for is not there, and so it is done at once.
 */
export const FIRST_EVENTS: Readonly<Record<string, object>> = {
  api: {
    version: '2.0',
    rawPath: `/images/${image_id}`,
    rawQueryString: '',
    headers: { host: 'localhost' },
    requestContext: {
      domainName: 'localhost',
      authorizer: { jwt: { claims: { sub: 'bench' } } },
      http: { method: 'GET', path: `/images/${image_id}` },
    },
    isBase64Encoded: false,
  },
  'connectivity-probe': { targets: ['s3'], timeout_ms: 1_000 },
  'process-ocr-results': message({ image_id, job_id: image_id }),
  'stream-processor': {
    Records: [
      {
        eventName: 'INSERT',
        dynamodb: {
          SequenceNumber: '1',
          NewImage: {
            pk: { S: `IMAGE#${image_id}` },
            sk: { S: 'UPLOAD#bench' },
            type: { S: 'UPLOAD' },
            revision: { N: '1' },
            image_id: { S: image_id },
            uploaded_by: { S: 'bench' },
            file_name: { S: 'receipt.jpg' },
            created_at: { S: '2026-01-01T00:00:00.000Z' },
            updated_at: { S: '2026-01-01T00:00:00.000Z' },
          },
        },
      },
    ],
  },
  'submit-job': message({
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: { bucket: { name: 'raw' }, object: { key: `raw/${image_id}` } },
      },
    ],
  }),
  sweeper: {},
  'validate-receipt': message({ image_id, receipt_id: '00001', revision: 1 }),
};
