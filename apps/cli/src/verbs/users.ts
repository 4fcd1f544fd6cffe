import { SlipstreamError } from '@slipstream/shared';
import { printJson, printLine, printTable, type Verb, type VerbContext } from '@slipstream/terminal';
import { readStack } from '../remote/read-stack.ts';
import type { UserPool } from '../users/user-pool.ts';

const SETTINGS = ['stack', 'outputs', 'profile'] as const;
type Context = VerbContext<(typeof SETTINGS)[number]>;

export const usersAddVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'add',
  summary:
    "Invite a person to a deployed stack's API: they get a mail with a password for the first sign-in. With --for-verify, make the user that npm run verify and CI sign in as.",
  examples: ['slipstream users add ada@example.com --stack dev', 'slipstream users add --for-verify --stack dev'],
  args: [['[email]', 'The e-mail address of the person to invite']],
  options: [
    [
      '--for-verify',
      'A user without a mailbox, whose password is stored in Secrets Manager; run it again for a new password',
    ],
  ],
  settings: SETTINGS,
  run: async (context) => {
    const { args, options, settings, json } = context;
    const stack = readStack(settings);
    if (options.forVerify === true) {
      const { makeVerifyUser } = await import('../users/verify-user.ts');
      const email = await makeVerifyUser(stack, settings.profile);
      if (json) printJson({ stack: stack.name, email, for_verify: true });
      else
        printLine(
          `${email} is a user of ${stack.name}; verify signs in with the password that is stored in Secrets Manager.`,
        );
      return 0;
    }
    const email = emailOf(args[0]);
    const isNew = await withPool(context, (pool) => pool.invite(email));
    if (json) printJson({ stack: stack.name, email, invited: isNew });
    else if (isNew) printLine(`${email} is invited to ${stack.name}: the mail's password is good for 7 days.`);
    else printLine(`${email} is a user of ${stack.name} already; no mail was sent.`);
    return 0;
  },
};

export const usersListVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'list',
  summary: "List the users of a deployed stack's API",
  examples: ['slipstream users list --stack dev', 'slipstream users list --stack dev --json'],
  settings: SETTINGS,
  run: async (context) => {
    const users = await withPool(context, (pool) => pool.list());
    if (context.json) printJson(users);
    else if (users.length === 0) printLine('There are no users yet: slipstream users add EMAIL.');
    else
      printTable(
        ['EMAIL', 'STATUS', 'MAY SIGN IN', 'SINCE', 'CALLER'],
        users.map(({ email, status, is_enabled, created_at, sub }) => [
          email,
          status,
          is_enabled ? 'yes' : 'no',
          created_at.slice(0, 10),
          sub,
        ]),
      );
    return 0;
  },
};

export const usersDisableVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'disable',
  summary: "End a person's access to a deployed stack's API; what they uploaded stays",
  examples: ['slipstream users disable ada@example.com --stack dev'],
  args: [['<email>', 'The e-mail address of the person']],
  settings: SETTINGS,
  run: async (context) => {
    const email = emailOf(context.args[0]);
    await withPool(context, (pool) => pool.disable(email));
    if (context.json) printJson({ email, is_enabled: false });
    else printLine(`${email} cannot sign in any more; a token that is in use expires within the hour.`);
    return 0;
  },
};

/** Loaded only here: AWS's clients take longer to load than most verbs take altogether. */
async function withPool<T>({ settings }: Context, work: (pool: UserPool) => Promise<T>): Promise<T> {
  const { UserPool: Pool } = await import('../users/user-pool.ts');
  const pool = new Pool(readStack(settings), settings.profile);
  try {
    return await work(pool);
  } finally {
    pool.close();
  }
}

function emailOf(given: string | undefined): string {
  if (given && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)) return given;
  throw new SlipstreamError(
    'REQUEST_INVALID',
    'Name the person by e-mail address: slipstream users add ada@example.com.',
  );
}
