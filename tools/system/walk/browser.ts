import { appendFileSync } from 'node:fs';
import { browse } from '@slipstream/testing/oidc-issuer';

// The person's browser in the walk, which `slipstream login` opens: BROWSER names a program that starts this file.
const {
  WALK_EMAIL: email = '',
  WALK_PASSWORD: password = '',
  WALK_NEW_PASSWORD: newPassword = '',
  WALK_BROWSER_LOG,
} = process.env;
const { url, status, text } = await browse(process.argv[2] ?? '', { email, password, newPassword });
if (WALK_BROWSER_LOG)
  appendFileSync(WALK_BROWSER_LOG, `${status} ${url.split('?')[0]} ${text.replaceAll(/<[^>]*>/g, ' ').trim()}\n`);
