import { type ErrorCode, SlipstreamError } from '@slipstream/shared';

/** Names that the SDK's credential providers and the services give to credentials that are missing, expired or wrong. */
const CREDENTIALS =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|RequestExpired|InvalidSecurity|AuthFailure)/;
const DENIED = /^(AccessDenied|KmsAccessDenied|NotAuthorized|UnauthorizedOperation)/;
const MISSING = /(QueueDoesNotExist|NonExistentQueue|NoSuchBucket|ResourceNotFoundException)$/;
const BUSY = /(Throttl|SlowDown|RequestLimitExceeded|OverLimit|TooManyRequests|ProvisionedThroughputExceeded)/;
/** Two clocks that differ by more than AWS allows (five minutes) look like wrong credentials. */
const SKEW = /(RequestTimeTooSkewed|Signature expired|Signature not yet current)/;

/** An error of the SDK as one of ours, which says what to do; ours are left as they are. */
export function toStoreError(thrown: unknown, what: string, profile?: string): SlipstreamError {
  if (thrown instanceof SlipstreamError) return thrown;
  const name = thrown instanceof Error ? thrown.name : '';
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const [code, sentence] = verdict(name, text, profile);
  return new SlipstreamError(code, `${what}: ${sentence}`, { cause: thrown, details: { aws_error: name } });
}

function verdict(name: string, text: string, profile: string | undefined): readonly [ErrorCode, string] {
  const asProfile = profile ? ` --profile ${profile}` : '';
  if (SKEW.test(`${name} ${text}`)) {
    return [
      'CREDENTIALS_EXPIRED',
      "this machine's clock is wrong by more than five minutes: turn on setting it by network time.",
    ];
  }
  if (CREDENTIALS.test(name)) {
    return [
      'CREDENTIALS_EXPIRED',
      `the AWS credentials are missing or have expired: run "aws sso login${asProfile}" (or "aws configure${asProfile}").`,
    ];
  }
  if (DENIED.test(name)) {
    return [
      'ACCESS_DENIED',
      `AWS does not allow it to these credentials: check "aws sts get-caller-identity${asProfile}" and its policy.`,
    ];
  }
  if (MISSING.test(name)) {
    return ['ACCESS_DENIED', 'AWS knows no such resource: check the name or URL, the region and the account.'];
  }
  if (BUSY.test(name)) return ['STORE_BUSY', 'AWS asks for a slower pace; it is tried again.'];
  return ['STORE_UNAVAILABLE', `AWS cannot be reached (${name || text}); it is tried again.`];
}
