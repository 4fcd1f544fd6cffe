import { z } from 'zod';

/** Somebody who is signed in to a stack. */
export const sessionSchema = z.object({
  issuer: z.string(),
  client_id: z.string(),
  /** The JWT that the API's authorizer takes. */
  token: z.string(),
  /** Epoch milliseconds. */
  expires_at: z.number(),
  /** null where the issuer gave none: then one signs in again when the token ends. */
  refresh_token: z.string().nullable(),
  /** Whom the authorizer wants the token to be for. */
  audiences: z.array(z.string()),
});
export type Session = z.infer<typeof sessionSchema>;
