/** Where and as whom the AWS adapters call. */
export interface AwsOptions {
  readonly region?: string;
  /** Of the shared configuration files. */
  readonly profile?: string;
  /** Another endpoint than AWS's own: a test server. */
  readonly endpoint?: string;
}

/** A TCP and TLS handshake within a region takes milliseconds; over a bad line some seconds. */
const CONNECT_MS_MAX = 5_000;
/** SQS, S3 and DynamoDB answer within a second; what takes longer is lost. */
export const REQUEST_MS_MAX = 10_000;

/** Time-outs that throw: by default the SDK has none, and one that is set only warns. */
export const REQUEST_HANDLER = {
  connectionTimeout: CONNECT_MS_MAX,
  requestTimeout: REQUEST_MS_MAX,
  throwOnRequestTimeout: true,
} as const;
