export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where and as whom the AWS adapters call. */
export interface AwsOptions {
  readonly region?: string;
  /** Of the shared configuration files. */
  readonly profile?: string;
  /** Whose rights, instead of those that the SDK finds: a role that was assumed. */
  readonly credentials?: AwsCredentials;
  /** Another endpoint than AWS's own: a test server. */
  readonly endpoint?: string;
  /** Epoch milliseconds by which every call has to have ended, asked at each call: the end of a function's invocation. */
  readonly deadline?: () => number;
}
