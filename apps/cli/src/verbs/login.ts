import { SlipstreamError, styled } from '@slipstream/shared';
import type { Verb } from '@slipstream/terminal';
import { colour, printJson, printLine, printNote } from '@slipstream/terminal';
import { readStack } from '../remote/read-stack.ts';
import { rememberStack } from '../remote/remembered-stacks.ts';
import { openBrowser } from '../session/open-browser.ts';
import { SessionStore } from '../session/session-store.ts';
import type { SignInPrompt } from '../session/sign-in.ts';
import { shortName } from '../session/token-source.ts';

const SETTINGS = ['stack', 'outputs'] as const;

export const loginVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'login',
  summary:
    "Sign in to a deployed stack's API in a browser, here or (where the issuer has the device flow) on another machine; the token stays in the keychain",
  examples: ['slipstream login --stack dev --outputs outputs.json', 'slipstream login --stack dev'],
  options: [
    ['--client-id <id>', "The program's id at the issuer, where it is not the API's first audience"],
    ['--browser', 'In a browser of this machine, also where the issuer has the device flow'],
  ],
  settings: SETTINGS,
  run: async ({ options, settings, json }) => {
    const { signIn } = await import('../session/sign-in.ts');
    const stack = readStack(settings);
    const audiences = stack.require('api_audience').split(',');
    const client_id = typeof options.clientId === 'string' ? options.clientId : (audiences[0] ?? '');
    const interrupted = new AbortController();
    process.once('SIGINT', () => interrupted.abort());
    const session = await signIn(
      {
        issuer: stack.require('api_issuer'),
        client_id,
        audiences,
        anyPort: stack.outputs.api_redirects === 'any-port',
        // A stack of an earlier release names none.
        scopes: (stack.outputs.api_scopes ?? '').split(' ').filter((scope) => scope !== ''),
      },
      show,
      interrupted.signal,
      { browser: options.browser === true },
    );
    const kept = await new SessionStore().write(stack.require('api_url'), session);
    rememberStack(settings.stack ?? shortName(stack), stack);
    if (json) printJson({ stack: stack.name, signed_in: true, kept });
    else printLine(`Signed in to ${stack.name}. The session is kept in ${kept}.`);
    return 0;
  },
};

/** On standard error: standard output is the result. */
function show(prompt: SignInPrompt): void {
  const minutes = Math.max(1, Math.round(prompt.expires_in_s / 60));
  if (prompt.kind === 'device') {
    const { url, code, direct_url } = prompt;
    printNote(styled`Open ${direct_url ?? url} within ${minutes} min and confirm the code ${colour.bold(code)}`);
    return;
  }
  openBrowser(prompt.url);
  printNote(styled`Sign in within ${minutes} min in the browser that opens; if none does, open ${prompt.url}`);
}

export const logoutVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'logout',
  summary: 'Sign out of a deployed stack: the issuer ends the session, and the token is deleted here',
  examples: ['slipstream logout --stack dev'],
  settings: SETTINGS,
  run: async ({ settings, json, logger }) => {
    const stack = readStack(settings);
    const store = new SessionStore();
    const apiUrl = stack.require('api_url');
    const session = await store.read(apiUrl);
    await store.remove(apiUrl);
    let is_revoked = false;
    if (session) {
      try {
        const { signOut } = await import('../session/sign-in.ts');
        await signOut(session);
        is_revoked = true;
      } catch (error) {
        logger.warn(
          { error: SlipstreamError.from(error) },
          'the issuer could not be notified; the token expires by itself',
        );
      }
    }
    if (json) printJson({ stack: stack.name, signed_in: false, is_revoked });
    else printLine(session ? `Signed out of ${stack.name}.` : `You were not signed in to ${stack.name}.`);
    return 0;
  },
};
