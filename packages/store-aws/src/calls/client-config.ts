import type { AwsOptions } from '../aws-options.ts';

/** A TCP and TLS handshake within a region takes milliseconds; over a bad line some seconds. */
const CONNECT_MS_MAX = 5_000;
/** SQS, S3 and DynamoDB answer within a second; what takes longer is lost. */
export const REQUEST_MS_MAX = 10_000;
/** Without a byte. A long poll is silent for 20 s; a download that stands still for longer than this is lost. */
const SILENCE_MS_MAX = 25_000;
/** NAT gateways reset a connection that was idle for 350 s; ours are closed long before. */
const IDLE_MS_MAX = 60_000;

/** Time-outs that throw: by default the SDK has none, and one that is set only warns. */
const REQUEST_HANDLER = {
  connectionTimeout: CONNECT_MS_MAX,
  requestTimeout: REQUEST_MS_MAX,
  socketTimeout: SILENCE_MS_MAX,
  throwOnRequestTimeout: true,
  httpAgent: { keepAlive: true, maxSockets: 50, timeout: IDLE_MS_MAX },
  httpsAgent: { keepAlive: true, maxSockets: 50, timeout: IDLE_MS_MAX },
} as const;

/** What every client is made with. The SDK tries once: `callAws` repeats, within the time there is. */
export function clientConfig({ region, profile, endpoint, credentials }: AwsOptions) {
  return {
    requestHandler: REQUEST_HANDLER,
    maxAttempts: 1,
    ...(region ? { region } : {}),
    ...(profile ? { profile } : {}),
    ...(credentials ? { credentials } : {}),
    ...(endpoint ? { endpoint } : {}),
  };
}
