import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import {
  DeleteFunctionCommand,
  GetAliasCommand,
  LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import type { ReleasePorts } from './release-plan.ts';

/** Where `npm run verify` is known. */
const PROJECT = join(import.meta.dirname, '../../../..');

/** A release on AWS. `verifyCommand` is run by a shell in the project's folder; it ends with 0 when all is well. */
export function awsReleasePorts(options: {
  readonly region: string;
  readonly alarmPrefix: string;
  readonly verifyCommand: string;
}): ReleasePorts {
  const lambda = new LambdaClient({ region: options.region });
  const cloudwatch = new CloudWatchClient({ region: options.region });
  return {
    async versions(name) {
      const alias = await lambda.send(new GetAliasCommand({ FunctionName: name, Name: 'live' }));
      const newest = Math.max(0, ...(await published(lambda, name)));
      if (!alias.FunctionVersion || newest === 0) throw new Error(`${name} has no published version: deploy first.`);
      return { live: alias.FunctionVersion, newest: `${newest}` };
    },
    async shift(name, live, version, share) {
      const routing = { AdditionalVersionWeights: { [version]: share } };
      await lambda.send(
        new UpdateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: live, RoutingConfig: routing }),
      );
    },
    async settle(name, version) {
      await lambda.send(
        new UpdateAliasCommand({
          FunctionName: name,
          Name: 'live',
          FunctionVersion: version,
          RoutingConfig: { AdditionalVersionWeights: {} },
        }),
      );
    },
    async alarmsRaised() {
      const names: string[] = [];
      const query = { StateValue: 'ALARM', AlarmNamePrefix: options.alarmPrefix } as const;
      for await (const page of paginateDescribeAlarms({ client: cloudwatch }, query)) {
        for (const { AlarmName, StateValue } of page.MetricAlarms ?? [])
          if (AlarmName && StateValue === query.StateValue) names.push(AlarmName);
      }
      return names;
    },
    async prune(name, keep) {
      const old = (await published(lambda, name)).filter((version) => !keep.includes(`${version}`));
      for (const version of old)
        await lambda.send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: `${version}` }));
      return old.length;
    },
    async verify() {
      return spawnSync(options.verifyCommand, { cwd: PROJECT, shell: true, stdio: 'inherit' }).status === 0;
    },
    wait: async (ms) => {
      await setTimeout(ms);
    },
    say: (line) => console.log(line),
  };
}

async function published(lambda: LambdaClient, name: string): Promise<number[]> {
  const versions: number[] = [];
  for await (const page of paginateListVersionsByFunction({ client: lambda }, { FunctionName: name })) {
    for (const { Version } of page.Versions ?? []) if (Version !== '$LATEST') versions.push(Number(Version));
  }
  return versions;
}
