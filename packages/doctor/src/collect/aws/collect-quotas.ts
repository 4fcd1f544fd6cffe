import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';

/** Network interfaces that Lambda may have in a VPC [Lambda quotas]: raised on request, never lower. */
const INTERFACES_DEFAULT = 500;
const QUOTA = { ServiceCode: 'vpc', QuotaCode: 'L-DF5E4CA3' } as const;
const LAMBDA_QUOTA = { ServiceCode: 'lambda', QuotaCode: 'L-9FEE3D26' } as const;
/** Far from the quota there is nothing to ask for. */
const WORTH_ASKING = 0.8;
/** Network interfaces of a region, unless it was raised [VPC quotas]. */
const REGION_DEFAULT = 5_000;

/** How many network interfaces there are, against how many there may be. */
export async function collectQuotas({ quotas }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const quotaOf = async (quota: typeof QUOTA | typeof LAMBDA_QUOTA, usual: number, used: number) =>
    used < usual * WORTH_ASKING
      ? usual
      : await attempts.call(
          'servicequotas:GetServiceQuota',
          async () => (await quotas.getServiceQuota(quota)).Quota?.Value ?? usual,
          usual,
        );
  for (const { id } of snapshot.vpcs) {
    const inside = new Set(snapshot.subnets.filter(({ vpc_id }) => vpc_id === id).map((subnet) => subnet.id));
    const own = snapshot.network_interfaces.filter(({ subnet_id }) => inside.has(subnet_id ?? ''));
    const lambdas = own.filter(({ kind }) => kind === 'lambda').length;
    const put = (name: string, value: number) =>
      snapshot.metrics.push({ resource_id: id, name, statistic: 'Maximum', value, minutes: 0 });
    put('LambdaInterfaces', lambdas);
    put('LambdaInterfacesQuota', await quotaOf(LAMBDA_QUOTA, INTERFACES_DEFAULT, lambdas));
    put('Interfaces', own.length);
    put('InterfacesQuota', await quotaOf(QUOTA, REGION_DEFAULT, own.length));
  }
}
