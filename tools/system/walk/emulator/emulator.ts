import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { FUNCTION_NAMES } from '@slipstream/shared';
import { startMoto } from '@slipstream/testing/aws-server';
import { serveInvocations } from '../../runtime-api/index.ts';
import { startFront } from './front.ts';
import { FunctionHost } from './function-host.ts';
import { type Holdings, holdingsOf } from './holdings.ts';
import { serveHttpApi } from './http-api.ts';
import { SignIn } from './sign-in.ts';

export interface Emulator {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly issuer: string;
  readonly mailbox: ReadonlyMap<string, string>;
  /** What functions and mappings wrote. */
  readonly log: readonly string[];
  /** The zips that the next deploy uploads, or that the last one did, are code from now on. */
  takeZips(): void;
  liveVersion(name: string): Promise<string>;
  publishImage(): void;
  /** What an account holds now, by listing. */
  holdings(account: string): Promise<Holdings>;
  stop(): Promise<void>;
}

const REGION = 'us-east-1';
const STACK = 'slipstream-dev';

export async function startEmulator(folder: string, checkout: string): Promise<Emulator> {
  // Amazon's own policies, which the NAT's role takes one of.
  process.env.MOTO_IAM_LOAD_MANAGED_POLICIES = 'true';
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  const moto = await startMoto('all');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  const host = new FunctionHost({
    endpoint: url,
    region: REGION,
    folder: join(folder, 'code'),
    nodeModules: join(import.meta.dirname, '../../../../node_modules'),
    variables: { LOG_LEVEL: 'info' },
    onLog: (line) => log.push(line),
  });
  const signIn = await SignIn.start(moto.endpoint, REGION);
  const invoke = await serveInvocations(FUNCTION_NAMES.map((name) => host.live(`${STACK}-${name}`)));
  const api = await serveHttpApi(host, moto.endpoint, REGION, `${STACK}-api`);
  const front = await startFront({
    moto: moto.endpoint,
    port,
    host,
    signIn,
    invokeUrl: () => invoke.url,
    apiUrl: () => api.url,
  });
  const lambda = new LambdaClient({ endpoint: moto.endpoint, region: REGION });
  const bundles = join(checkout, 'packages/infra-terraform-cdktf/bundles');
  return {
    url,
    issuer: signIn.issuer.url,
    mailbox: front.mailbox,
    log,
    takeZips: () => {
      for (const file of readdirSync(bundles)) if (file.endsWith('.zip')) host.addZip(join(bundles, file));
    },
    liveVersion: async (name) =>
      (await lambda.send(new GetAliasCommand({ FunctionName: name, Name: 'live' }))).FunctionVersion ?? '',
    publishImage: front.publishImage,
    holdings: (account) => holdingsOf(url, REGION, account),
    stop: async () => {
      await host.close();
      await Promise.all([api.close(), invoke.close()]);
      front.close();
      signIn.close();
      moto.stop();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
