import { EVERYWHERE, FUNCTION_NAMES, HOURS_A_MONTH, type Prices } from '@slipstream/shared';
import { SECRET_NAMES } from '../data/secrets.ts';
import type { Environment } from '../environments/environment.ts';
import { needsNat } from '../environments/network-needs.ts';
import { runsInVpc, vpcFunctions } from '../environments/vpc-functions.ts';
import { watchingRows } from './watching-rows.ts';

export interface CostRow {
  readonly part: string;
  /** US dollars a month before the first receipt; null: paid by use only. */
  readonly usd_month: number | null;
  readonly what_for: string;
  /** What can be left out, and what is lost with it; null: it is needed. */
  readonly advice: string | null;
}

const DISK_GB = 8;

/** What stands all month, part by part. */
export function costRows(environment: Environment, prices: Prices): CostRow[] {
  return [
    ...natRows(environment, prices),
    ...endpointRows(environment, prices),
    ...dataRows(environment, prices),
    ...functionRows(environment),
    ...watchingRows(environment),
  ];
}

export function natInstanceMonth(instanceType: string, prices: Prices): number | null {
  const hour = prices.instance_hour[instanceType];
  if (hour === undefined) return null;
  // Two public addresses: the fixed one, and the primary interface's, with which a successor takes it over.
  return (hour + 2 * EVERYWHERE.public_ipv4_hour) * HOURS_A_MONTH + DISK_GB * prices.gp3_gb_month;
}

export function natGatewayMonth(prices: Prices): number {
  return (prices.nat_gateway_hour + EVERYWHERE.public_ipv4_hour) * HOURS_A_MONTH;
}

function natRows(environment: Environment, prices: Prices): CostRow[] {
  const { nat, network } = environment;
  if (network.kind === 'existing' || nat.kind === 'none') return [];
  if (!needsNat(environment)) return [notBuilt('NAT')];
  const gateway = natGatewayMonth(prices);
  if (nat.kind === 'gateway') {
    const instance = natInstanceMonth('t4g.nano', prices) ?? 0;
    return [
      {
        part: 'NAT gateway, one zone',
        usd_month: gateway,
        what_for: 'the way to the internet from private subnets',
        advice: `An instance saves ${dollars(gateway - instance)} and ${dollars(prices.nat_gateway_gb, 3)} a GB, and is looked after by its watchdog.`,
      },
    ];
  }
  const instance = natInstanceMonth(nat.instance_type, prices);
  return [
    {
      part: `NAT instance ${nat.instance_type}, one zone`,
      usd_month: instance,
      what_for: 'the way to the internet from private subnets: instance, two addresses, disk',
      advice:
        instance === null
          ? `No price is known for ${nat.instance_type}.`
          : `A gateway costs ${dollars(gateway - instance)} more and ${dollars(prices.nat_gateway_gb, 3)} a GB, and AWS maintains it. Its zone's failure takes the way out with it.`,
    },
  ];
}

function notBuilt(part: string): CostRow {
  return { part, usd_month: 0, what_for: 'not built: no function runs in the VPC', advice: null };
}

function endpointRows(environment: Environment, prices: Prices): CostRow[] {
  const { network, endpoints, functions } = environment;
  const chosen = (['sqs', 'secretsmanager', 'logs'] as const).filter((service) => endpoints[service]);
  // As the stack decides it: without a function in the VPC none is built.
  if (vpcFunctions(environment).length === 0) return chosen.map((service) => notBuilt(`Endpoint ${service}`));
  const zones = network.kind === 'new' ? network.private_subnets.length : network.subnet_ids.length;
  const month = prices.interface_endpoint_hour * HOURS_A_MONTH * zones;
  const senders = functions.vpc === 'seeds';
  const advice = {
    sqs: senders
      ? 'Leave it out where the NAT may carry it: mappings poll and delete by themselves; only what functions in the VPC send takes it.'
      : 'Leave it out: no function in the VPC sends.',
    secretsmanager: 'Leave it out where the NAT may carry a read in five minutes.',
    logs: "Leave it out: a function's log lines do not take the VPC's routes.",
  };
  const whatFor = {
    sqs: 'messages that functions in private subnets send',
    secretsmanager: 'keys, without the internet',
    logs: 'calls of the Logs API from private subnets',
  };
  const present = network.kind === 'existing' ? network.endpoints_present : [];
  return chosen
    .filter((service) => !present.includes(service))
    .map((service) => ({
      part: `Endpoint ${service}, ${zones} zones`,
      usd_month: month,
      what_for: whatFor[service],
      advice: `${advice[service]} ${dollars(prices.interface_endpoint_hour * HOURS_A_MONTH)} a zone.`,
    }));
}

function dataRows(environment: Environment, prices: Prices): CostRow[] {
  return [
    {
      part: 'Gateway endpoints S3, DynamoDB',
      usd_month: 0,
      what_for: 'objects and records, without the NAT',
      advice: null,
    },
    {
      part: 'KMS key',
      usd_month: EVERYWHERE.kms_key_month,
      what_for: 'everything that is kept; $1 more after each of two rotations',
      advice: null,
    },
    secretsRow(environment),
    { part: 'Table, buckets, queues', usd_month: null, what_for: 'paid by use: about $0.001 a receipt', advice: null },
    ...(environment.efs
      ? [
          {
            part: 'EFS',
            usd_month: null,
            what_for: `the merchant index: ${dollars(prices.efs_gb_month)} a GB and month, ${dollars(prices.efs_read_gb)} a GB read, ${dollars(prices.efs_write_gb)} written`,
            advice: 'Leave it out: the index lies on S3 as well.',
          },
        ]
      : []),
  ];
}

function secretsRow({ api }: Environment): CostRow {
  const isOwnPool = api.authorizer.kind === 'cognito';
  const secrets = SECRET_NAMES.length + (isOwnPool ? 1 : 0);
  return {
    part: `${secrets} secrets`,
    usd_month: secrets * EVERYWHERE.secret_month,
    what_for: `keys of model and places service${isOwnPool ? ', password of the verify user' : ''}`,
    advice: null,
  };
}

function functionRows(environment: Environment): CostRow[] {
  const inside = FUNCTION_NAMES.filter((name) => runsInVpc(environment, name));
  const warm = FUNCTION_NAMES.filter((name) => environment.functions.sizes[name].concurrency_provisioned !== null);
  const alternatives = {
    seeds:
      "functions.vpc 'needed' or 'none' would save the NAT and the SQS endpoint, and lose the fixed address that others may allow.",
    needed: "functions.vpc 'none' would save the rest, and lose EFS.",
    none: "functions.vpc 'seeds' would give the functions one fixed address, for a NAT and an endpoint.",
  };
  return [
    {
      part: `Functions (${inside.length} in the VPC)`,
      usd_month: null,
      what_for: `paid by use; inside: ${inside.join(', ') || 'none'}`,
      advice: alternatives[environment.functions.vpc],
    },
    ...warm.map((name) => ({
      part: `Kept warm: ${name}`,
      // Arm: $0.0000033334 a GB-second, us-east-1.
      usd_month:
        ((environment.functions.sizes[name].concurrency_provisioned ?? 0) *
          environment.functions.sizes[name].memory_mb *
          0.0000033334 *
          3600 *
          HOURS_A_MONTH) /
        1024,
      what_for: 'no cold start',
      advice: 'Leave it out: a cold start takes a second.',
    })),
  ];
}

export function dollars(amount: number, digits = 2): string {
  return `$${amount.toFixed(digits)}`;
}
