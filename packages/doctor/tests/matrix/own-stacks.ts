import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, environmentFaults, environmentNamed, synthesise } from '@slipstream/infra-terraform-cdktf';
import { z } from 'zod';
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
const bundlesSchema = z.record(
  z.enum(FUNCTIONS),
  z.object({ path: z.string(), sha256: z.string(), bytes: z.number() }),
);
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
  return made.filter((each) => environmentFaults(each).length === 0);
}

export function ownStack(environment: Environment): Config {
  const folder = mkdtempSync(join(tmpdir(), 'h-doctor-'));
  const bundles = Object.fromEntries(
    FUNCTIONS.map((name) => {
      const path = join(folder, `${name}.zip`);
      writeFileSync(path, EMPTY_ZIP);
      return [name, { path, sha256: 'hznHbmgfkAkjuQDJ3w73XPQh05yrtUZQxLmtGbanbYU=', bytes: EMPTY_ZIP.length }];
    }),
  );
  synthesise([environment], { bundles: bundlesSchema.parse(bundles), state: null, endpoint: null }, folder);
  return new Config(
    JSON.parse(readFileSync(join(folder, 'stacks', `slipstream-${environment.name}`, 'cdk.tf.json'), 'utf8')),
  );
}
