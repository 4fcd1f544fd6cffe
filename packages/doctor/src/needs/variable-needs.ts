import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import { serviceOfArn } from './action-services.ts';
import { hostOfService, readAwsHost } from './aws-hosts.ts';
import { makeNeed, type Need } from './need.ts';

const PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mysql2: 3306,
  mariadb: 3306,
  redis: 6379,
  rediss: 6379,
  valkey: 6379,
  mongodb: 27017,
  amqp: 5672,
  amqps: 5671,
  sqlserver: 1433,
  nats: 4222,
  memcached: 11211,
};
/** What a URL in a variable is usually not called for. */
const NOT_CALLED =
  /^AWS_ENDPOINT_URL|ORIGIN|CORS|AUDIENCE|REDIRECT|CALLBACK|WEBSITE|FRONTEND|PUBLIC_URL|NAMESPACE|SCHEMA|AWS_LAMBDA|DOCS|SWAGGER|_ISS(UER)?$/i;
const HOST_NAMES = /HOST|ENDPOINT|URL|URI|ADDR|DOMAIN|SERVER|BROKER|BOOTSTRAP|DATABASE|DB|REDIS|CACHE|API/i;

/** Needs that stand in a function's environment: URLs, ARNs, hosts, and names of what the snapshot knows. */
export function variableNeeds(fn: LambdaFunction, snapshot: Snapshot): Need[] {
  return Object.entries(fn.environment ?? {}).flatMap(([name, value]) =>
    value === null || value === '' || isNotCalled(name, value) ? [] : needsOf(fn, snapshot, name, value),
  );
}

/** A name says it of URLs only: ARNs and names of resources are called whatever the variable's name. */
function isNotCalled(name: string, value: string): boolean {
  return NOT_CALLED.test(name) && (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || name.startsWith('AWS_'));
}

function needsOf(fn: LambdaFunction, snapshot: Snapshot, variable: string, value: string): Need[] {
  const region = snapshot.region ?? 'us-east-1';
  const source = `variable ${variable}`;
  const base = { function_id: fn.id, certainty: 'inferred', required: true, source } as const;
  if (value.startsWith('arn:')) {
    const found = serviceOfArn(value);
    if (!found || found.service === 'ec2' || found.service === 'iam') return [];
    // A key or a role in a variable is handed on more often than it is called.
    const required = found.service !== 'kms' && found.service !== 'sts';
    const host = hostOfService(found.service, found.region ?? region);
    return [
      makeNeed({
        ...base,
        required,
        kind: 'aws',
        host,
        port: 443,
        service: found.service,
        region: found.region,
        resources: [value],
      }),
    ];
  }
  const url = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/(?:[^@/\s]*@)?([^/?#\s]+)/i.exec(value);
  if (url) return urlNeeds(base, snapshot, value, variable, url[1]?.toLowerCase() ?? '', url[2] ?? '');
  const named = namedNeeds(base, snapshot, region, value);
  if (named.length > 0) return named;
  return value.split(',').flatMap((part) => hostNeeds(base, fn, snapshot, variable, part.trim()));
}

type Base = Pick<Need, 'function_id' | 'certainty' | 'required' | 'source'>;

function urlNeeds(
  base: Base,
  snapshot: Snapshot,
  value: string,
  variable: string,
  scheme: string,
  authority: string,
): Need[] {
  if (scheme === 's3') return namedNeeds(base, snapshot, snapshot.region ?? 'us-east-1', authority);
  const plain = scheme.split('+')[0] ?? scheme;
  return authority.split(',').flatMap((each) => {
    const [, host = each, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(each) ?? [];
    if (isLocal(host) || host.includes('${')) return [];
    const number = port ? Number(port) : PORTS[plain];
    if (number === undefined) return [];
    const need = hostOrDatabase(base, snapshot, host, number);
    const isClear =
      /^(redis|valkey)$/.test(plain) ||
      /sslmode=disable|ssl(mode)?=(false|disabled)|useSSL=false|tls=false/i.test(value);
    return [{ ...need, ...(isClear ? { clear_text: variable } : {}) }];
  });
}

/** What AWS knows under that name: a bucket, a table, a queue, a secret, a parameter. */
function namedNeeds(base: Base, snapshot: Snapshot, region: string, value: string): Need[] {
  const make = (service: string, arn: string, at: string | null = null) => [
    makeNeed({
      ...base,
      kind: 'aws',
      host: hostOfService(service, at ?? region),
      port: 443,
      service,
      region: at,
      resources: [arn],
    }),
  ];
  const bucket = snapshot.buckets.find(({ name }) => name === value);
  if (bucket) return make('s3', `arn:aws:s3:::${bucket.name}/*`, bucket.region);
  const secret = snapshot.secrets.find(({ name }) => name === value);
  if (secret) return make('secretsmanager', secret.arn);
  const services: Readonly<Record<string, string>> = {
    dynamodb: 'dynamodb',
    kinesis: 'kinesis-streams',
    ssm: 'ssm',
    sns: 'sns',
    events: 'events',
    firehose: 'kinesis-firehose',
  };
  const resource = snapshot.resources.find(({ name, kind }) => name === value && services[kind] !== undefined);
  return resource ? make(services[resource.kind] ?? resource.kind, resource.arn) : [];
}

function hostNeeds(base: Base, fn: LambdaFunction, snapshot: Snapshot, variable: string, value: string): Need[] {
  const match = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)(?::(\d{2,5}))?$/i.exec(value);
  const host = match?.[1];
  if (!host || isLocal(host)) return [];
  const known = snapshot.databases.find((each) => each.hosts.some((name) => name.toLowerCase() === host.toLowerCase()));
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(host);
  if (!known && !isAddress && !(/\.[a-z]{2,}$/i.test(host) && (match?.[2] || HOST_NAMES.test(variable)))) return [];
  if (isAddress && !HOST_NAMES.test(variable)) return [];
  const port = match?.[2] ? Number(match[2]) : (portVariable(fn, variable) ?? known?.port ?? portOfHost(host) ?? 443);
  return [hostOrDatabase(base, snapshot, host, port)];
}

/** `DB_PORT` beside `DB_HOST`. */
function portVariable(fn: LambdaFunction, variable: string): number | null {
  const name = variable.replace(/(HOST(NAME)?|ENDPOINT|ADDR(ESS)?|SERVER|URL|URI)$/i, 'PORT');
  const value = name === variable ? undefined : fn.environment?.[name];
  return value && /^\d+$/.test(value) ? Number(value) : null;
}

const HOST_PORTS: readonly (readonly [RegExp, number])[] = [
  [/\.cache\.amazonaws\.com$|\.memorydb\./, 6379],
  [/\.redshift\.amazonaws\.com$/, 5439],
  [/\.docdb\./, 27017],
  [/\.neptune\./, 8182],
  [/\.kafka\./, 9094],
  [/\.rds\.amazonaws\.com$/, 5432],
];

function portOfHost(host: string): number | null {
  return HOST_PORTS.find(([pattern]) => pattern.test(host))?.[1] ?? null;
}

/** A host as what it is: a database of the snapshot, an AWS API, or anything else. */
export function hostOrDatabase(base: Base, snapshot: Snapshot, host: string, port: number): Need {
  const name = host.toLowerCase();
  const database = snapshot.databases.find((each) => each.hosts.some((known) => known.toLowerCase() === name));
  if (database) return makeNeed({ ...base, kind: 'database', host: name, port, target_id: database.id });
  const aws = readAwsHost(name);
  if (aws)
    return makeNeed({
      ...base,
      kind: 'aws',
      host: name,
      port,
      service: aws.service,
      region: aws.region,
      legacy: aws.legacy,
    });
  return makeNeed({ ...base, kind: portOfHost(name) === null ? 'host' : 'database', host: name, port });
}

function isLocal(host: string): boolean {
  return (
    /^(localhost|127\.|0\.0\.0\.0|169\.254\.|\[::1\])/.test(host) ||
    host.endsWith('.local') ||
    host.endsWith('.example.com.invalid')
  );
}
