import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Environment,
  environmentFaults,
  environmentNamed,
  needsOfBundles,
  synthesise,
} from '@slipstream/infra-terraform-cdktf';
import { Config } from './config.ts';

const FUNCTIONS = [
  'api',
  'submit-job',
  'process-ocr-results',
  'stream-processor',
  'compaction',
  'validate-receipt',
  'connectivity-probe',
  'sweeper',
] as const;

type Name = (typeof FUNCTIONS)[number];
type Needs = Parameters<typeof synthesise>[1]['bundles'][Name]['needs'];

const HOSTS = { openai: 'api.openai.com:443', places: 'places.googleapis.com:443' } as const;
const DEAD = {
  'process-ocr-results': 'ocr-results-queue-dead',
  compaction: 'compaction-queue-dead',
  'validate-receipt': 'validate-queue-dead',
} as const;

/** As the bundles declare it, in short: what each function in the VPC calls. */
export const OWN_NEEDS: readonly (Needs & {
  host_rules: { host: string; variable: string | null; secret: string | null }[];
})[] = [
  declared('process-ocr-results', 'ocr', ['openai', 'places']),
  declared('compaction', 'deltas', []),
  declared('validate-receipt', 'reviews', ['openai']),
  {
    function: 'stream-processor',
    aws: [
      {
        actions: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ],
        resource: 'table-stream',
      },
    ],
    hosts: [],
    host_rules: [],
    secrets: [],
    environment: [],
  },
  {
    function: 'connectivity-probe',
    aws: [],
    hosts: ['api.openai.com:443', 'checkip.amazonaws.com:443'],
    host_rules: [],
    secrets: [],
    environment: [],
  },
];

function declared(name: keyof typeof DEAD, folder: string, secrets: (keyof typeof HOSTS)[]) {
  return {
    function: name,
    aws: [
      { actions: ['s3:GetObject'], resource: `artifacts-bucket/${folder}/*` },
      { actions: ['dynamodb:GetItem', 'dynamodb:Query'], resource: 'table' },
      { actions: ['sqs:SendMessage'], resource: DEAD[name] },
      ...secrets.map((secret) => ({ actions: ['secretsmanager:GetSecretValue'], resource: `secret:${secret}` })),
    ],
    hosts: secrets.map((secret) => HOSTS[secret]),
    host_rules: secrets.map((secret) => ({
      host: HOSTS[secret],
      variable: secret === 'openai' ? 'OPENAI_BASE_URL' : null,
      secret,
    })),
    secrets,
    environment: [],
  };
}

function bundleOf(folder: string, name: Name): Parameters<typeof synthesise>[1]['bundles'][Name] {
  const path = join(folder, `${name}.zip`);
  writeFileSync(path, EMPTY_ZIP);
  const needs = OWN_NEEDS.find((each) => each.function === name) ?? {
    function: name,
    aws: [],
    hosts: [],
    secrets: [],
    environment: [],
  };
  return { path, sha256: 'hznHbmgfkAkjuQDJ3w73XPQh05yrtUZQxLmtGbanbYU=', bytes: EMPTY_ZIP.length, needs };
}
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/** Environments of this project: instance, gateway, none; endpoints on and off; two and three zones; somebody else's network. */
export function ownEnvironments(): Environment[] {
  const dev = environmentNamed('dev');
  if (dev.network.kind !== 'new') throw new Error('dev makes its own network');
  const two = dev.network;
  const three = {
    ...two,
    public_subnets: [...two.public_subnets, { cidr: '10.0.2.0/24', zone_id: 'use1-az4' }],
    private_subnets: [...two.private_subnets, { cidr: '10.0.103.0/24', zone_id: 'use1-az4' }],
  };
  const existing = {
    kind: 'existing',
    vpc_id: 'vpc-0123456789abcdef0',
    subnet_ids: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    route_table_ids: ['rtb-0123456789abcdef0'],
    endpoints_present: ['s3'],
  } as const satisfies Environment['network'] | { endpoints_present: readonly string[] };
  const made: Environment[] = [];
  for (const network of [two, three])
    for (const nat of [dev.nat, { kind: 'gateway' }, { kind: 'none' }] as const)
      for (const all of [true, false])
        for (const efs of [true, false])
          for (const vpc of ['seeds', 'needed', 'none'] as const)
            made.push({
              ...dev,
              network,
              nat,
              efs,
              endpoints: { sqs: all, secretsmanager: all, logs: false },
              functions: { ...dev.functions, vpc },
            });
  for (const efs of [true, false])
    made.push({
      ...dev,
      network: {
        ...existing,
        subnet_ids: [...existing.subnet_ids],
        route_table_ids: [...existing.route_table_ids],
        endpoints_present: ['s3'],
      },
      nat: { kind: 'none' },
      efs,
    });
  const { needsOf } = ownBundles(mkdtempSync(join(tmpdir(), 'h-doctor-')));
  return made.filter((each) => environmentFaults(each, needsOf).length === 0);
}

function ownBundles(folder: string) {
  const bundles = {
    api: bundleOf(folder, 'api'),
    'submit-job': bundleOf(folder, 'submit-job'),
    'process-ocr-results': bundleOf(folder, 'process-ocr-results'),
    'stream-processor': bundleOf(folder, 'stream-processor'),
    compaction: bundleOf(folder, 'compaction'),
    'validate-receipt': bundleOf(folder, 'validate-receipt'),
    'connectivity-probe': bundleOf(folder, 'connectivity-probe'),
    sweeper: bundleOf(folder, 'sweeper'),
  };
  return { bundles, needsOf: needsOfBundles(bundles) };
}

export function ownStack(environment: Environment): Config {
  const folder = mkdtempSync(join(tmpdir(), 'h-doctor-'));
  const { bundles } = ownBundles(folder);
  synthesise(
    [environment],
    {
      bundles,
      agentNeeds: { function: 'ocr-agent', aws: [], hosts: [], secrets: [], environment: [] },
      stateOf: () => null,
      endpoint: null,
    },
    folder,
  );
  return new Config(
    JSON.parse(readFileSync(join(folder, 'stacks', `slipstream-${environment.name}`, 'cdk.tf.json'), 'utf8')),
  );
}
