import type { EventSourceMappingConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { readPolicy } from '../../policy/policy-document.ts';
import type { LambdaFunction, Snapshot } from '../../snapshot/snapshot.ts';
import { isAsyncSource } from '../async-sources.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { collectRoles } from './collect-roles.ts';
import { allPages } from './pages.ts';

/** Of one filter of the EC2 API. */
const FILTER_VALUES_MAX = 200;

export interface FunctionChoice {
  readonly names: readonly string[];
  readonly stack: string | null;
  readonly vpc: string | null;
}

/**
 * The functions that are asked for; without a choice all of the region that run in a VPC. Returns what describes those
 * others of the region whose variables name one of some hosts: a function may have left its database's VPC.
 */
export async function collectFunctions(
  clients: Clients,
  attempts: Attempts,
  choice: FunctionChoice,
  snapshot: Snapshot,
): Promise<(hosts: readonly string[]) => Promise<void>> {
  const { lambda } = clients;
  const named: FunctionConfiguration[] = [];
  for (const name of choice.names)
    named.push(
      ...(await attempts.call(
        'lambda:GetFunctionConfiguration',
        () => unlessAbsent([], async () => [await lambda.getFunctionConfiguration({ FunctionName: name })]),
        [],
      )),
    );
  const all = choice.names.length > 0 ? [] : await allFunctions(lambda, attempts);
  const subnets = choice.vpc === null ? [] : await subnetsOf(clients, attempts, choice.vpc);
  const mappings = await allMappings(lambda, attempts);
  const describe = async (found: readonly FunctionConfiguration[]) => {
    for (const each of found)
      await describeFunction(lambda, attempts, await withState(lambda, attempts, each), mappings, snapshot);
    await placeInVpcs(clients, attempts, snapshot);
    await collectRoles(clients, attempts, snapshot);
  };
  await describe([...named, ...all.filter((each) => isChosen(each, choice, subnets))]);
  return async (hosts) => {
    const callers = all.filter(
      ({ FunctionArn, Environment, VpcConfig }) =>
        (VpcConfig?.SubnetIds?.length ?? 0) === 0 &&
        !snapshot.functions.some(({ id }) => id === FunctionArn) &&
        Object.values(Environment?.Variables ?? {}).some((value) => hosts.some((host) => value.includes(host))),
    );
    if (callers.length > 0) await describe(callers);
  };
}

function allFunctions(lambda: Clients['lambda'], attempts: Attempts): Promise<FunctionConfiguration[]> {
  return attempts.call(
    'lambda:ListFunctions',
    () =>
      allPages(async (Marker) => {
        const page = await lambda.listFunctions(Marker ? { Marker } : {});
        return { items: page.Functions, next: page.NextMarker };
      }),
    [],
  );
}

function allMappings(lambda: Clients['lambda'], attempts: Attempts): Promise<EventSourceMappingConfiguration[]> {
  return attempts.call(
    'lambda:ListEventSourceMappings',
    () =>
      allPages(async (Marker) => {
        const page = await lambda.listEventSourceMappings(Marker ? { Marker } : {});
        return { items: page.EventSourceMappings, next: page.NextMarker };
      }),
    [],
  );
}

/** A listing leaves out whether a function is active [Lambda API reference, ListFunctions]. */
async function withState(
  lambda: Clients['lambda'],
  attempts: Attempts,
  listed: FunctionConfiguration,
): Promise<FunctionConfiguration> {
  if (listed.State !== undefined && listed.LastUpdateStatus !== undefined) return listed;
  const found = await attempts.call(
    'lambda:GetFunctionConfiguration',
    () => unlessAbsent(null, () => lambda.getFunctionConfiguration({ FunctionName: listed.FunctionName })),
    null,
  );
  return found === null
    ? listed
    : {
        ...listed,
        State: found.State,
        StateReason: found.StateReason,
        StateReasonCode: found.StateReasonCode,
        LastUpdateStatus: found.LastUpdateStatus,
        LastUpdateStatusReason: found.LastUpdateStatusReason,
      };
}

async function describeFunction(
  lambda: Clients['lambda'],
  attempts: Attempts,
  each: FunctionConfiguration,
  mappings: readonly EventSourceMappingConfiguration[],
  snapshot: Snapshot,
): Promise<void> {
  const fn = functionOf(each);
  if (fn.environment === null)
    snapshot.not_checked.push(
      `The variables of ${fn.name} are encrypted with a key that you may not use: what they name was not examined.`,
    );
  const concurrency = await attempts.call(
    'lambda:GetFunctionConcurrency',
    async () => (await lambda.getFunctionConcurrency({ FunctionName: fn.name })).ReservedConcurrentExecutions ?? null,
    null,
  );
  snapshot.functions.push({
    ...fn,
    reserved_concurrency: concurrency,
    async_destinations: await asyncDestinations(lambda, attempts, fn.name),
    async_sources: await asyncSources(lambda, attempts, fn.name),
  });
  snapshot.mappings.push(
    ...mappings
      .filter(({ FunctionArn = '' }) => FunctionArn === fn.id || FunctionArn.startsWith(`${fn.id}:`))
      .map((mapping) => mappingOf(mapping, fn.id)),
  );
}

/** Where events go that were invoked asynchronously. */
async function asyncDestinations(lambda: Clients['lambda'], attempts: Attempts, name: string): Promise<string[]> {
  return attempts.call(
    'lambda:GetFunctionEventInvokeConfig',
    () =>
      unlessAbsent([], async () => {
        const { DestinationConfig } = await lambda.getFunctionEventInvokeConfig({ FunctionName: name });
        return [DestinationConfig?.OnFailure?.Destination, DestinationConfig?.OnSuccess?.Destination].flatMap(
          (each) => each ?? [],
        );
      }),
    [],
  );
}

/** Services that its own policy admits and that invoke it asynchronously. */
async function asyncSources(lambda: Clients['lambda'], attempts: Attempts, name: string): Promise<string[]> {
  const policy = await attempts.call(
    'lambda:GetPolicy',
    () => unlessAbsent('', async () => (await lambda.getPolicy({ FunctionName: name })).Policy ?? ''),
    '',
  );
  const principals = (policy === '' ? [] : (readPolicy(policy) ?? [])).flatMap((each) => each.principals);
  return [...new Set(principals.map((each) => each.replace('service:', '')).filter(isAsyncSource))];
}

async function unlessAbsent<T>(value: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return value;
    throw thrown;
  }
}

async function subnetsOf({ ec2 }: Clients, attempts: Attempts, vpc: string): Promise<string[]> {
  const found = await attempts.call(
    'ec2:DescribeSubnets',
    async () => (await ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] })).Subnets ?? [],
    [],
  );
  return found.flatMap(({ SubnetId }) => SubnetId ?? []);
}

/** The VPC of a function is that of its subnets. */
async function placeInVpcs({ ec2 }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const ids = [...new Set(snapshot.functions.flatMap(({ vpc }) => vpc?.subnet_ids ?? []))];
  if (ids.length === 0) return;
  const vpcOf = new Map<string, string>();
  for (let at = 0; at < ids.length; at += FILTER_VALUES_MAX) {
    const Values = ids.slice(at, at + FILTER_VALUES_MAX);
    const found = await attempts.call(
      'ec2:DescribeSubnets',
      async () => (await ec2.describeSubnets({ Filters: [{ Name: 'subnet-id', Values }] })).Subnets ?? [],
      [],
    );
    for (const { SubnetId, VpcId } of found) if (SubnetId && VpcId) vpcOf.set(SubnetId, VpcId);
  }
  for (const { vpc } of snapshot.functions)
    if (vpc) vpc.vpc_id = vpc.subnet_ids?.flatMap((id) => vpcOf.get(id) ?? [])[0] ?? vpc.vpc_id;
}

function isChosen(
  { FunctionName = '', VpcConfig }: FunctionConfiguration,
  { stack, vpc }: FunctionChoice,
  subnets: readonly string[],
): boolean {
  if (stack !== null) return FunctionName.startsWith(`slipstream-${stack}-`) || FunctionName.startsWith(`${stack}-`);
  if (vpc !== null) return VpcConfig?.SubnetIds?.some((id) => subnets.includes(id)) === true;
  return (VpcConfig?.SubnetIds?.length ?? 0) > 0;
}

function functionOf(each: FunctionConfiguration): LambdaFunction {
  const { VpcConfig, Environment } = each;
  return {
    id: each.FunctionArn ?? each.FunctionName ?? '',
    name: each.FunctionName ?? '',
    runtime: each.Runtime ?? null,
    timeout_s: each.Timeout ?? null,
    memory_mb: each.MemorySize ?? null,
    role_id: each.Role ?? null,
    vpc:
      VpcConfig?.VpcId || (VpcConfig?.SubnetIds?.length ?? 0) > 0
        ? {
            subnet_ids: VpcConfig?.SubnetIds ?? [],
            group_ids: VpcConfig?.SecurityGroupIds ?? [],
            vpc_id: VpcConfig?.VpcId || null,
            ipv6_allowed: VpcConfig?.Ipv6AllowedForDualStack === true,
          }
        : null,
    // Encrypted with a key that the caller may not use: an error stands in their place.
    environment: Environment?.Error ? null : { ...Environment?.Variables },
    layers: (each.Layers ?? []).flatMap(({ Arn }) => Arn ?? []),
    mounts: (each.FileSystemConfigs ?? []).map(({ Arn, LocalMountPath }) => ({
      access_point_id: Arn ?? null,
      path: LocalMountPath ?? '',
    })),
    reserved_concurrency: null,
    dead_letter_target: each.DeadLetterConfig?.TargetArn ?? null,
    async_destinations: [],
    async_sources: [],
    state: each.State ?? null,
    state_reason: each.StateReason ?? null,
    update_status: each.LastUpdateStatus ?? null,
    log_group: each.LoggingConfig?.LogGroup ?? `/aws/lambda/${each.FunctionName}`,
  };
}

function mappingOf(each: EventSourceMappingConfiguration, functionId: string): Snapshot['mappings'][number] {
  const state = each.State ?? null;
  return {
    id: each.UUID ?? '',
    function_id: functionId,
    source: each.EventSourceArn ?? null,
    enabled: state === null ? null : !/^Disabl/.test(state),
    state,
    max_concurrency: each.ScalingConfig?.MaximumConcurrency ?? null,
    batch_size: each.BatchSize ?? null,
    on_failure: each.DestinationConfig?.OnFailure?.Destination ?? null,
    reports_failures: each.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    last_result: each.LastProcessingResult ?? null,
  };
}
