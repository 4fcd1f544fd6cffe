import { dev } from '../../src/environments/dev.ts';
import type { Environment } from '../../src/environments/environment.ts';

const EXISTING: Environment['network'] = {
  kind: 'existing',
  vpc_id: 'vpc-0123456789abcdef0',
  subnet_ids: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  route_table_ids: ['rtb-0123456789abcdef0'],
  endpoints_present: ['s3'],
};

const DOMAIN = { name: 'receipts.example.com', zone_id: 'Z0123456789ABC' };

/** A self-signed certificate that nobody has the key of; the provider reads it only at apply. */
const CA = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUExample\n-----END CERTIFICATE-----\n';

const SWITCHES = {
  network: [
    { network: dev.network, nat: dev.nat },
    { network: dev.network, nat: { kind: 'instance', instance_type: 't3.nano', image_version: 7 } },
    { network: dev.network, nat: { kind: 'gateway' } },
    { network: dev.network, nat: { kind: 'none' }, endpoints: { sqs: true, secretsmanager: true, logs: true } },
    { network: EXISTING, nat: { kind: 'none' } },
  ],
  functions: (['seeds', 'needed', 'none'] as const).map((vpc) => ({ functions: { ...dev.functions, vpc } })),
  efs: [{ efs: false }, { efs: true }],
  api: [
    { api: dev.api },
    {
      api: {
        ...dev.api,
        authorizer: {
          kind: 'oidc',
          issuer: 'https://issuer.example.com',
          audience: ['slipstream'],
          redirects: 'registered',
        },
        domain: { ...DOMAIN, weighted: null },
      },
    },
    {
      api: {
        ...dev.api,
        domain: { ...DOMAIN, weighted: { weight: 100, set_identifier: 'us-east-1', data: 'replicated' } },
      },
    },
  ],
  rest: [
    { console_hosting: false, agent_access: dev.agent_access, deletion_protection: false },
    {
      console_hosting: true,
      agent_access: { kind: 'roles-anywhere', ca_certificate_pem: CA },
      deletion_protection: true,
      watching: { alarm_email: 'alarms@example.com', monthly_cost_usd: 10 },
      verify: { operator_arns: ['arn:aws:iam::111122223333:user/ada', 'arn:aws:iam::111122223333:role/ops'] },
      functions_warm: true,
    },
    {
      console_hosting: false,
      deletion_protection: true,
      watching: { alarm_email: 'none', monthly_cost_usd: 10 },
      agent_access: {
        kind: 'sso',
        instance_arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
        group_id: '11111111-2222-4333-8444-555555555555',
      },
    },
  ],
} satisfies Record<string, readonly (Partial<Environment> & { functions_warm?: boolean })[]>;

/** Every combination of the switches that an environment may have: 5 × 3 × 2 × 3 × 3, but for EFS without a VPC. */
export function combinations(): Environment[] {
  const made: Environment[] = [];
  for (const network of SWITCHES.network)
    for (const functions of SWITCHES.functions)
      for (const efs of SWITCHES.efs)
        for (const api of SWITCHES.api)
          for (const rest of SWITCHES.rest) {
            if (efs.efs && functions.functions.vpc === 'none') continue;
            const { functions_warm: warm, ...settings } = { functions_warm: false, ...rest };
            made.push({
              ...dev,
              ...network,
              ...functions,
              ...efs,
              ...api,
              ...settings,
              functions: { ...functions.functions, sizes: warm ? warmed() : functions.functions.sizes },
            });
          }
  return made;
}

function warmed(): Environment['functions']['sizes'] {
  return { ...dev.functions.sizes, api: { ...dev.functions.sizes.api, concurrency_provisioned: 1 } };
}

export function describeEnvironment(e: Environment): string {
  const nat = e.nat.kind === 'instance' ? e.nat.instance_type : e.nat.kind;
  return `${e.network.kind} network, NAT ${nat}, functions ${e.functions.vpc}${e.efs ? ', EFS' : ''}, ${e.api.authorizer.kind}${e.api.domain ? (e.api.domain.weighted ? ', weighted domain' : ', domain') : ''}, agent ${e.agent_access.kind}${e.console_hosting ? ', console' : ''}`;
}
