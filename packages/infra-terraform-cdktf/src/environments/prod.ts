import { dev } from './dev.ts';
import { type Environment, environmentSchema } from './environment.ts';

/** As dev, with what keeps data and people's nerves: about $47 a month before the first receipt. */
export const prod: Environment = environmentSchema.parse({
  ...dev,
  name: 'prod',
  deletion_protection: true,
  network: {
    kind: 'new',
    // Apart from dev's, so that the two can be peered.
    vpc_cidr: '10.1.0.0/16',
    public_subnets: [
      { cidr: '10.1.0.0/24', zone_id: 'use1-az1' },
      { cidr: '10.1.1.0/24', zone_id: 'use1-az2' },
    ],
    private_subnets: [
      { cidr: '10.1.101.0/24', zone_id: 'use1-az1' },
      { cidr: '10.1.102.0/24', zone_id: 'use1-az2' },
    ],
  },
  // $7.30 a zone more than dev: keys stay readable while the NAT is replaced.
  endpoints: { sqs: true, secretsmanager: true, logs: false },
  retention: { ...dev.retention, old_version_days: 90, log_days: 90 },
  // Certificates (roles-anywhere) or single sign-on (sso) give the Mac credentials that end; both need values of your own.
  // Until then nothing but the agent's policy is made.
  agent_access: { kind: 'none' },
  // Your address: without it, users notice a failure before you do.
  watching: { alarm_email: 'none', monthly_cost_usd: 120 },
});
