import {
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Environment } from '../environments/environment.ts';
import { STACK_TAG } from '../terraform/place.ts';
import type { AccountFacts, SubnetFacts, Unknown } from './preflight.ts';

/** Asks AWS; what may not be asked is reported, and does not end the deploy. */
export async function accountFacts({ network, region }: Environment, stack: string): Promise<AccountFacts> {
  const ec2 = new EC2Client({ region });
  const { Account: accountId = '', Arn: arn = '' } = await new STSClient({ region }).send(
    new GetCallerIdentityCommand({}),
  );
  const quotas = new ServiceQuotasClient({ region });
  const own = { Name: `tag:${STACK_TAG}`, Values: [stack] };
  const deployed = await ask(async () => (await ec2.send(new DescribeVpcsCommand({ Filters: [own] }))).Vpcs ?? []);
  return {
    accountId,
    arn,
    zoneIds: await ask(async () =>
      ((await ec2.send(new DescribeAvailabilityZonesCommand({}))).AvailabilityZones ?? []).flatMap(
        ({ ZoneId, State }) => (ZoneId && State === 'available' ? [ZoneId] : []),
      ),
    ),
    concurrency: await ask(async () => {
      const { AccountLimit } = await new LambdaClient({ region }).send(new GetAccountSettingsCommand({}));
      const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } = AccountLimit ?? {};
      if (limit === undefined || unreserved === undefined) throw new Error('Lambda gave no limits');
      return { limit, unreserved };
    }),
    addresses: await ask(async () => ({
      quota: await quota(quotas, 'ec2', 'L-0263D0A3'),
      used: ((await ec2.send(new DescribeAddressesCommand({}))).Addresses ?? []).length,
    })),
    vpcs: await ask(async () => ({
      quota: await quota(quotas, 'vpc', 'L-F678F1CE'),
      used: ((await ec2.send(new DescribeVpcsCommand({}))).Vpcs ?? []).length,
    })),
    subnets: network.kind === 'new' ? [] : await ask(() => existingSubnets(ec2, network.subnet_ids)),
    isDeployed: Array.isArray(deployed) && deployed.length > 0,
  };
}

/** Asked by a filter: one id that does not exist is left out, and does not fail the others. */
async function existingSubnets(ec2: EC2Client, ids: readonly string[]): Promise<SubnetFacts[]> {
  const filter = { Name: 'subnet-id', Values: [...ids] };
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: [filter] }));
  return Subnets.map(({ SubnetId = '', VpcId = '', AvailabilityZoneId = '', AvailableIpAddressCount = 0 }) => ({
    id: SubnetId,
    vpcId: VpcId,
    zoneId: AvailabilityZoneId,
    freeAddresses: AvailableIpAddressCount,
  }));
}

async function quota(client: ServiceQuotasClient, ServiceCode: string, QuotaCode: string): Promise<number> {
  const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }));
  if (Quota?.Value === undefined) throw new Error(`Service Quotas gave no value of ${QuotaCode}`);
  return Quota.Value;
}

async function ask<T>(work: () => Promise<T>): Promise<T | Unknown> {
  try {
    return await work();
  } catch (error) {
    return { unknown: `not checked: ${error instanceof Error ? error.message.split('\n')[0] : error}` };
  }
}
