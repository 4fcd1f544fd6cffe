import { type AccessGrant, grantOfToken, SlipstreamError } from '@slipstream/shared';
import { z } from 'zod';

/** What API Gateway's JWT authorizer adds to a request whose token it has verified. */
const authorizedSchema = z.object({
  requestContext: z.object({
    authorizer: z.object({
      jwt: z.object({ claims: z.object({ sub: z.string().min(1).max(255), scope: z.string().optional() }) }),
    }),
  }),
});

/** What the verified token says; `CALLER_UNKNOWN` for everybody else. A header is never believed. */
export function jwtGrant(event: unknown): AccessGrant {
  const authorized = authorizedSchema.safeParse(event);
  if (authorized.success) {
    const { sub, scope } = authorized.data.requestContext.authorizer.jwt.claims;
    return grantOfToken(sub, scope);
  }
  throw new SlipstreamError('CALLER_UNKNOWN', 'The request carries no valid token: sign in with "slipstream login".');
}
