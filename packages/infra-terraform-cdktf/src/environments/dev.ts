import { type Environment, environmentSchema } from './environment.ts';
import { FUNCTION_SIZES } from './function-sizes.ts';

/** About $34 a month before the first receipt: `npm run cost -- --env dev` shows the parts. */
export const dev: Environment = environmentSchema.parse({
  name: 'dev',
  region: 'us-east-1',
  deletion_protection: false,
  network: {
    kind: 'new',
    vpc_cidr: '10.0.0.0/16',
    public_subnets: [
      { cidr: '10.0.0.0/24', zone_id: 'use1-az1' },
      { cidr: '10.0.1.0/24', zone_id: 'use1-az2' },
    ],
    // Two zones, where the predecessor's stood in one: each costs one address of every interface endpoint.
    private_subnets: [
      { cidr: '10.0.101.0/24', zone_id: 'use1-az1' },
      { cidr: '10.0.102.0/24', zone_id: 'use1-az2' },
    ],
  },
  // $11.01: instance $3.07, two public addresses $7.30, disk $0.64. A gateway is $32.85 and $0.045 a GB.
  nat: { kind: 'instance', instance_type: 't4g.nano', image_version: 'newest' },
  endpoints: {
    // $7.30 a zone. The functions in private subnets send to the validate queue and to dead letters.
    sqs: true,
    // $7.30 a zone. Off: the model's key is read once in five minutes, through the NAT.
    secretsmanager: false,
    // $7.30 a zone. Off: a function's log lines do not take the VPC's routes.
    logs: false,
  },
  // $0.30 a GB and month, and $0.03 a GB read, $0.06 written. Off: the index lies on S3.
  efs: false,
  retention: {
    message_days: 7,
    dead_letter_days: 14,
    // Outlives a message (7), its dead letter (14) and the redriven message (7).
    delta_days: 35,
    old_version_days: 30,
    log_days: 14,
  },
  functions: { vpc: 'seeds', sizes: FUNCTION_SIZES },
  // null: OpenAI's own, with the model that the program comes with. Only with a key (`slipstream secrets set openai`) is
  // it asked at all; without one, receipts whose sums do not hold go to a person.
  llm: null,
  api: {
    authorizer: { kind: 'cognito' },
    throttle: { burst: 50, rate_per_s: 20 },
    domain: null,
  },
  // Bucket and distribution cost cents until the page is opened.
  console_hosting: false,
  agent_access: { kind: 'user' },
  // No one may assume a function's role: name yourself to have `npm run verify` try each role's rights.
  verify: { operator_arns: [] },
  watching: { alarm_email: null, monthly_cost_usd: 60 },
});
