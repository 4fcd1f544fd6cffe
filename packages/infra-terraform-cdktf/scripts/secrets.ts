import { text } from 'node:stream/consumers';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SECRET_NAMES } from '../src/data/secrets.ts';
import { stackName } from '../src/environments/index.ts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';

/**
 * npm run secrets -- set openai --env dev < key.txt: the value comes by standard input, so that it stands in no
 * history, configuration or state. Functions read it again within five minutes.
 */
const USAGE = 'npm run secrets -- set openai|places --env dev  (the value on standard input)';
const { environment, positionals } = scriptArguments(USAGE);

await runScript(async () => {
  const [verb, given] = positionals;
  const name = SECRET_NAMES.find((each) => each === given);
  if (verb !== 'set' || !name) throw new Error(`Usage: ${USAGE}`);
  if (process.stdin.isTTY) console.error('Type or paste the value, then Ctrl-D:');
  const value = (await text(process.stdin)).trim();
  if (value === '') throw new Error('Nothing came on standard input; nothing was set.');
  const SecretId = `${stackName(environment)}/${name}`;
  await new SecretsManagerClient({ region: environment.region }).send(
    new PutSecretValueCommand({ SecretId, SecretString: value }),
  );
  console.log(`${SecretId} is set.`);
});
