import { SlipstreamError } from '@slipstream/shared';
import type { Verb } from '@slipstream/terminal';
import { printJson, printLine } from '@slipstream/terminal';
import { readStack } from '../remote/read-stack.ts';
import { readSecret } from './read-secret.ts';

const SETTINGS = ['stack', 'outputs', 'profile'] as const;
/** The secrets that a deploy makes empty, and the output that names each. */
const SECRETS = { openai: 'openai_secret_arn', places: 'places_secret_arn' } as const;
/** Functions keep a secret for so long (`secret-reader.ts`). */
const KNOWN_AFTER_MIN = 5;

export const secretsSetVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'set',
  summary:
    'Set a secret of a deployed stack, with your own AWS credentials. Its value comes by standard input, so that it stands in no history, list of processes, configuration or state.',
  examples: ['slipstream secrets set openai --stack dev < key.txt', 'slipstream secrets set places --env dev'],
  args: [['<name>', 'openai or places']],
  options: [['--env <name>', 'The environment: its stack is slipstream-<name>']],
  settings: SETTINGS,
  run: async ({ args, options, settings, json }) => {
    const output = SECRETS[nameOf(args[0])];
    const { env } = options;
    const stack = readStack({ ...settings, stack: typeof env === 'string' ? env : settings.stack });
    const SecretId = stack.require(output);
    const value = await readSecret(process.stdin, process.stderr);
    await putSecret(SecretId, value, stack.require('region'), settings.profile);
    if (json) printJson({ stack: stack.name, secret: args[0], set: true });
    else printLine(`${args[0]} of ${stack.name} is set; the functions know it within ${KNOWN_AFTER_MIN} minutes.`);
    return 0;
  },
};

function nameOf(given: string | undefined): keyof typeof SECRETS {
  if (given === 'openai' || given === 'places') return given;
  // What was given may be the secret itself: it is not repeated.
  throw new SlipstreamError('REQUEST_INVALID', 'Name the secret: openai or places. Its value comes by standard input.');
}

/** Loaded only here: AWS's clients take longer to load than most verbs take altogether. */
async function putSecret(SecretId: string, SecretString: string, region: string, profile: string | null) {
  const { PutSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { toStoreError } = await import('@slipstream/store-aws');
  const client = new SecretsManagerClient({
    region,
    requestHandler: { requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...(profile ? { profile } : {}),
  });
  try {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  } catch (thrown) {
    throw toStoreError(thrown, `setting the secret ${SecretId}`, profile ?? undefined);
  } finally {
    client.destroy();
  }
}
