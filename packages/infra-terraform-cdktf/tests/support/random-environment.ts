import type { Random } from '@slipstream/testing';
import { dev } from '../../src/environments/dev.ts';
import { type Environment, environmentSchema } from '../../src/environments/environment.ts';

/** Addresses that somebody may write for the model; the last ones lead nowhere from Lambda. */
const MODELS = [
  'https://models.example.com/v1',
  'https://models.example.com:8443/v1',
  'http://198.51.100.7:8000/v1',
  'https://10.models.example.com/v1',
  'http://models.internal:11434/v1',
  'http://10.0.101.7:8000/v1',
  'http://192.168.1.20:11434/v1',
  'http://localhost:11434/v1',
  'http://127.0.0.1:11434/v1',
  'http://host.docker.internal:11434/v1',
  'http://[fd00::7]:11434/v1',
  'http://ollama:11434/v1',
];

/** One that a person could write: each switch by itself, whether the whole makes sense or not. */
export function randomEnvironment(random: Random): Environment {
  const prefix = random.pick([24, 24, 24, 26, 27, 27, 28]);
  const base_url = random.chance(0.35) ? random.pick(MODELS) : null;
  const isExisting = random.chance(0.25);
  const isProtected = random.chance(0.2);
  const vpc = random.pick(['seeds', 'seeds', 'needed', 'none'] as const);
  const warm = random.chance(0.2) ? 1 : null;
  const { sizes } = dev.functions;
  return environmentSchema.parse({
    ...dev,
    network: isExisting
      ? {
          kind: 'existing',
          vpc_id: 'vpc-0123456789abcdef0',
          subnet_ids: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
          route_table_ids: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
          endpoints_present: (['s3', 'dynamodb', 'sqs', 'secretsmanager', 'logs'] as const).filter(() =>
            random.chance(0.3),
          ),
        }
      : {
          kind: 'new',
          vpc_cidr: '10.0.0.0/16',
          public_subnets: [
            {
              cidr: '10.0.0.0/28',
              zone_id: random.pick(['use1-az1', 'use1-az1', 'use1-az2', 'use1-az2', 'use1-az2', 'use1-az4']),
            },
          ],
          private_subnets: ['use1-az1', 'use1-az2'].map((zone_id, index) => ({
            zone_id,
            cidr: `10.0.${101 + index}.0/${prefix}`,
          })),
        },
    nat:
      isExisting && random.chance(0.8)
        ? { kind: 'none' }
        : random.pick([
            { kind: 'none' },
            { kind: 'gateway' },
            { kind: 'instance', instance_type: random.pick(['t4g.nano', 't3.micro']), image_version: 'newest' },
          ] as const),
    endpoints: { sqs: random.chance(0.6), secretsmanager: random.chance(0.6), logs: random.chance(0.2) },
    efs: random.chance(0.3),
    functions: {
      vpc,
      sizes: {
        ...sizes,
        api: { ...sizes.api, concurrency_provisioned: warm },
        'submit-job': { ...sizes['submit-job'], batch_size: random.chance(0.05) ? 25 : random.integer(1, 10) },
      },
    },
    llm: base_url === null ? null : { base_url, model: 'm' },
    console_hosting: random.chance(0.3),
    deletion_protection: isProtected,
    agent_access: isProtected && random.chance(0.8) ? { kind: 'none' } : { kind: 'user' },
    watching: { alarm_email: random.pick(['none', 'alarms@example.com', null] as const), monthly_cost_usd: 60 },
  });
}
