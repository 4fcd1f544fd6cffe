import { knowsVariables } from '../../snapshot/known-variables.ts';
import type { LambdaFunction, Snapshot } from '../../snapshot/snapshot.ts';
import { isAsyncSource } from '../async-sources.ts';
import { nameOf, text } from './computed-attribute.ts';
import { objectOf } from './functions.ts';
import { readRoles } from './read-roles.ts';
import type { Resource } from './resource.ts';
import { numberOf, type StackReader, textsOf } from './stack-reader.ts';
import { isUnknown, type UnknownValue } from './unknown-value.ts';

const SUBNET = ['aws_subnet', 'aws_default_subnet'] as const;
const GROUP = ['aws_security_group', 'aws_default_security_group'] as const;
/** Lambda's own [Lambda quotas]. */
const TIMEOUT_S_DEFAULT = 3;
const MEMORY_MB_DEFAULT = 128;

/** Functions, their roles, and what calls them. */
export function readFunctions(reader: StackReader, snapshot: Snapshot): void {
  for (const resource of reader.all('aws_lambda_function')) {
    const fn = functionOf(reader, resource);
    snapshot.functions.push(fn);
    if (!knowsVariables(fn))
      snapshot.not_checked.push(
        `The variables of ${fn.name} are known before it is applied by what they refer to only: hosts that stand in them as plain text were not examined.`,
      );
  }
  readRoles(reader, snapshot);
  for (const resource of reader.all('aws_lambda_event_source_mapping'))
    snapshot.mappings.push(mappingOf(reader, resource));
}

function functionOf(reader: StackReader, resource: Resource): LambdaFunction {
  const dead = reader.blocks(resource, 'dead_letter_config').map((block) => text(block.target_arn))[0];
  const logging = reader.blocks(resource, 'logging_config').map((block) => text(block.log_group))[0];
  const name = nameOf(resource);
  return {
    id: resource.address,
    name,
    runtime: reader.text(resource, 'runtime'),
    timeout_s: resource.declares('timeout') ? reader.number(resource, 'timeout') : TIMEOUT_S_DEFAULT,
    memory_mb: resource.declares('memory_size') ? reader.number(resource, 'memory_size') : MEMORY_MB_DEFAULT,
    role_id: reader.id(resource.attribute('role'), 'aws_iam_role'),
    vpc: vpcOf(reader, resource),
    environment: environmentOf(reader, resource),
    layers: layersOf(resource),
    mounts: reader.blocks(resource, 'file_system_config').map((block) => ({
      access_point_id: reader.id(block.arn, 'aws_efs_access_point'),
      path: text(block.local_mount_path) ?? '/mnt',
    })),
    reserved_concurrency: reserved(reader, resource),
    dead_letter_target: dead ?? null,
    async_destinations: destinations(reader, resource),
    async_sources: asyncSources(reader, resource),
    state: null,
    state_reason: null,
    update_status: null,
    log_group: logging ?? `/aws/lambda/${name}`,
  };
}

/** -1 is Terraform's "none reserved". */
function reserved(reader: StackReader, resource: Resource): number | null {
  const number = reader.number(resource, 'reserved_concurrent_executions');
  return number === null || number < 0 ? null : number;
}

function vpcOf(reader: StackReader, resource: Resource): LambdaFunction['vpc'] {
  if (!resource.declares('vpc_config')) return null;
  const value = resource.attribute('vpc_config');
  if (isUnknown(value)) {
    return {
      subnet_ids: reader.ids(value, ...SUBNET),
      group_ids: reader.ids(value, ...GROUP),
      vpc_id: null,
      ipv6_allowed: false,
    };
  }
  const [block] = reader.blocks(resource, 'vpc_config');
  if (!block) return null;
  const subnets = reader.ids(block.subnet_ids, ...SUBNET);
  const groups = reader.ids(block.security_group_ids, ...GROUP);
  if (subnets?.length === 0 && groups?.length === 0) return null;
  return {
    subnet_ids: subnets,
    group_ids: groups,
    vpc_id: null,
    ipv6_allowed: block.ipv6_allowed_for_dual_stack === true,
  };
}

function environmentOf(reader: StackReader, resource: Resource): LambdaFunction['environment'] {
  if (!resource.declares('environment')) return {};
  const whole = resource.attribute('environment');
  const [block] = reader.blocks(resource, 'environment');
  const variables = block?.variables ?? (isUnknown(whole) ? whole : {});
  if (isUnknown(variables)) return referredValues(reader, variables);
  const entries = Object.entries(objectOf(variables)).flatMap(([name, value]): [string, string | null][] => {
    if (!isUnknown(value)) return [[name, text(value)]];
    const referred = Object.values(referredValues(reader, value) ?? {});
    return [[name, referred.length === 1 ? (referred[0] ?? null) : null]];
  });
  return Object.fromEntries(entries);
}

/** A plan of HCL names what the variables are made of, not which is which: what is referred to is kept under its name. */
function referredValues(reader: StackReader, value: UnknownValue): Record<string, string | null> | null {
  const entries = value.references.flatMap((reference): [string, string][] => {
    const [resource] = reader.stack.referred(reference);
    if (!resource) return [];
    const attribute = /\.([a-z_0-9]+)(?:\[[^\]]*\])*$/.exec(reference.slice(resource.address.length))?.[1] ?? 'id';
    const found = resource.attribute(attribute);
    const known = Array.isArray(found) ? text(objectOf(found[0]).address) : text(found);
    return [[reference, known ?? reference]];
  });
  return value.references.length === 0 ? null : Object.fromEntries(entries);
}

function layersOf(resource: Resource): string[] {
  if (!resource.declares('layers')) return [];
  const value = resource.attribute('layers');
  return isUnknown(value) ? [...value.references] : textsOf(value);
}

function destinations(reader: StackReader, resource: Resource): string[] {
  return reader
    .all('aws_lambda_function_event_invoke_config')
    .filter((each) => functionId(reader, each.attribute('function_name')) === resource.address)
    .flatMap((each) => reader.blocks(each, 'destination_config'))
    .flatMap((block) => [block.on_failure, block.on_success])
    .flatMap((each) => (Array.isArray(each) ? each : [each]))
    .flatMap((each) => text(objectOf(each).destination) ?? []);
}

function asyncSources(reader: StackReader, resource: Resource): string[] {
  const principals = reader
    .all('aws_lambda_permission')
    .filter((each) => functionId(reader, each.attribute('function_name')) === resource.address)
    .flatMap((each) => text(each.attribute('principal')) ?? []);
  return [...new Set(principals.filter(isAsyncSource))];
}

/** By ARN, name, alias or version. */
function functionId(reader: StackReader, value: unknown): string | null {
  const id = reader.id(value, 'aws_lambda_function', 'aws_lambda_alias');
  if (id === null) return null;
  const direct = reader.at(id);
  if (direct?.type === 'aws_lambda_function') return id;
  if (direct?.type === 'aws_lambda_alias') return functionId(reader, direct.attribute('function_name'));
  const named = reader.all('aws_lambda_function').find((each) => {
    const [arn, name] = [text(each.attribute('arn')), nameOf(each)];
    return id === name || id === arn || (arn !== null && id.startsWith(`${arn}:`)) || id.startsWith(`${name}:`);
  });
  return named?.address ?? id;
}

function mappingOf(reader: StackReader, resource: Resource): Snapshot['mappings'][number] {
  const [scaling] = reader.blocks(resource, 'scaling_config');
  const failure = reader
    .blocks(resource, 'destination_config')
    .flatMap((block) => [block.on_failure].flat())
    .map((each) => text(objectOf(each).destination_arn))[0];
  return {
    id: resource.address,
    function_id: functionId(reader, resource.attribute('function_name')),
    source: sourceOf(reader, resource.attribute('event_source_arn')),
    enabled: reader.flag(resource, 'enabled', true),
    state: null,
    max_concurrency: numberOf(scaling?.maximum_concurrency),
    batch_size: reader.number(resource, 'batch_size'),
    on_failure: failure ?? null,
    reports_failures: textsOf(
      resource.declares('function_response_types') ? resource.attribute('function_response_types') : null,
    ).includes('ReportBatchItemFailures'),
    last_result: null,
  };
}

function sourceOf(reader: StackReader, value: unknown): string | null {
  if (!isUnknown(value)) return text(value);
  const [resource] = value.references.flatMap((reference) => reader.stack.referred(reference));
  return resource ? text(resource.attribute('arn')) : null;
}
