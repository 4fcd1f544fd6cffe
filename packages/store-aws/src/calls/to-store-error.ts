import { type ErrorCode, SlipstreamError } from '@slipstream/shared';
import { BUSY, statusOf } from './failure-kind.ts';

/** Names that the SDK's credential providers and the services give to credentials that are missing, expired or wrong. */
const CREDENTIALS =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|RequestExpired|InvalidSecurity|InvalidToken|AuthFailure)/;
const DENIED = /^(AccessDenied|KmsAccessDenied|NotAuthorized|UnauthorizedOperation|AllAccessDisabled)/;
const MISSING = /(QueueDoesNotExist|NonExistentQueue|NoSuchBucket|ResourceNotFoundException)$/;
/** Two clocks that differ by more than AWS allows (five minutes; S3: fifteen) look like wrong credentials. */
const SKEW = /(RequestTimeTooSkewed|Signature expired|Signature not yet current)/;

/** An error of the SDK as one of ours, which says what to do; ours are left as they are. */
export function toStoreError(thrown: unknown, what: string, profile?: string): SlipstreamError {
  if (thrown instanceof SlipstreamError) return thrown;
  const [code, sentence] = verdict(thrown, profile);
  const name = thrown instanceof Error ? thrown.name : '';
  return new SlipstreamError(code, `${what}: ${sentence}`, { cause: thrown, details: { aws_error: name } });
}

function verdict(thrown: unknown, profile: string | undefined): readonly [ErrorCode, string] {
  const name = thrown instanceof Error ? thrown.name : '';
  const text = thrown instanceof Error ? thrown.message : String(thrown);
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
  const status = statusOf(thrown);
  if (status === 400 || status === 403 || status === 404) {
    return ['REQUEST_INVALID', `AWS refuses the request (${name}: ${text}).`];
  }
  return ['STORE_UNAVAILABLE', `AWS cannot be reached (${name || text}); it is tried again.`];
}
