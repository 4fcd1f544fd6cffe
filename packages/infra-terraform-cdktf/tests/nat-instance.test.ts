import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dev } from '../src/environments/dev.ts';
import type { Environment } from '../src/environments/environment.ts';
import { zonePrefix } from '../src/environments/zones.ts';
import { guestHosts } from '../src/nat-instance/guest-hosts.ts';
import { architectureOf } from '../src/nat-instance/nat-image.ts';
import { renderUserData, USER_DATA_BYTES_MAX } from '../src/nat-instance/user-data.ts';
import { statementsOf, synthesised } from './support/synthesised.ts';

const GUEST = new URL('../src/nat-instance/guest/', import.meta.url);
const guest = (name: string) => readFileSync(new URL(name, GUEST), 'utf8');
/** dev elsewhere: zones are a region's own. */
function inRegion(region: string): Pick<Environment, 'region' | 'network'> {
  const { network } = dev;
  if (network.kind !== 'new') throw new Error('dev makes its own network.');
  const moved = (subnets: typeof network.private_subnets) =>
    subnets.map(({ cidr, zone_id }) => ({ cidr, zone_id: zone_id.replace(/^[a-z]+\d/, zonePrefix(region)) }));
  return {
    region,
    network: {
      ...network,
      public_subnets: moved(network.public_subnets),
      private_subnets: moved(network.private_subnets),
    },
  };
}

const facts = {
  environment: 'dev',
  region: 'us-east-1',
  groupName: 'slipstream-dev-nat',
  launchHook: 'forwards',
  probeUrls: ['http://checkip.amazonaws.com/'],
  privateCidrs: ['10.0.101.0/24', '10.0.102.0/24'],
  interface: {
    id: 'eni-0123456789abcdef0',
    mac: '02:00:00:00:00:0b',
    address: '10.0.0.200',
    prefix: '24',
    gateway: '10.0.0.1',
  },
};

describe('the NAT instance', () => {
  const stack = synthesised();

  test('the floating interface has no source/destination check and the fixed address', () => {
    const floating = stack.idOf('aws_network_interface');
    expect(stack.one('aws_network_interface')).toMatchObject({ source_dest_check: false });
    expect(stack.one('aws_eip_association')).toMatchObject({ network_interface_id: `\${${floating}.id}` });
  });

  test('one instance in the zone of its interface, replaced by a successor on a new template', () => {
    const group = stack.one('aws_autoscaling_group');
    expect(group).toMatchObject({ min_size: 1, max_size: 1, desired_capacity: 1 });
    expect(group.vpc_zone_identifier).toEqual([stack.one('aws_network_interface').subnet_id]);
    expect(group.launch_template).toMatchObject({ version: `\${${stack.idOf('aws_launch_template')}.latest_version}` });
    expect(group.instance_refresh).toMatchObject({
      strategy: 'Rolling',
      preferences: { min_healthy_percentage: 100, max_healthy_percentage: 200, auto_rollback: true },
    });
  });

  test('IMDSv2 only, an encrypted disk, and an address of its own to take the interface with', () => {
    const template = stack.one('aws_launch_template');
    expect(template.metadata_options).toMatchObject({ http_tokens: 'required', http_put_response_hop_limit: 1 });
    expect(template.block_device_mappings).toMatchObject([{ ebs: { encrypted: 'true' } }]);
    expect(template.network_interfaces).toMatchObject([{ device_index: 0, associate_public_ip_address: 'true' }]);
    expect(template).not.toHaveProperty('key_name');
  });

  test.each([
    ['t4g.nano', 'arm64'],
    ['c7gn.medium', 'arm64'],
    ['t3.nano', 'x86_64'],
    ['t3a.nano', 'x86_64'],
    ['c7i.large', 'x86_64'],
  ] as const)('%s gets the %s image, of a version that is named', (instance_type, architecture) => {
    expect(architectureOf(instance_type)).toBe(architecture);
    const made = synthesised({ nat: { kind: 'instance', instance_type, image_version: 42 } });
    expect(Object.values(made.stack.data.aws_ssm_parameter ?? {})).toEqual([
      expect.objectContaining({
        name: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-${architecture}:42`,
      }),
    ]);
  });

  test('the template names the image itself: what EC2 resolves at launch can be neither planned nor rolled back', () => {
    for (const nat of [dev.nat, { kind: 'instance' as const, instance_type: 't4g.nano', image_version: 42 }])
      expect(synthesised({ nat }).one('aws_launch_template').image_id).toMatch(
        /^\$\{data\.aws_ssm_parameter\.[\w-]+\.insecure_value\}$/,
      );
  });

  test('is in service when its own watchdog has seen a request through, and is abandoned otherwise', () => {
    expect(stack.one('aws_autoscaling_group').initial_lifecycle_hook).toMatchObject([
      { name: 'forwards', lifecycle_transition: 'autoscaling:EC2_INSTANCE_LAUNCHING', default_result: 'ABANDON' },
    ]);
    const setUp = guest('set-up.sh');
    const order = ['systemctl start slipstream-nat.service', 'if probe_path; then', 'finish_launch CONTINUE'];
    expect(order.map((line) => setUp.lastIndexOf(line)).toSorted((a, b) => a - b)).toEqual(
      order.map((line) => setUp.lastIndexOf(line)),
    );
    expect(setUp).toContain('finish_launch ABANDON');
  });

  test('address and instances wait until the internet gateway is attached', () => {
    const gateway = stack.idOf('aws_internet_gateway');
    for (const type of ['aws_eip', 'aws_eip_association', 'aws_autoscaling_group'])
      expect(stack.one(type).depends_on, type).toContain(gateway);
    const managed = synthesised({ nat: { kind: 'gateway' } });
    for (const type of ['aws_eip', 'aws_nat_gateway'])
      expect(managed.one(type).depends_on, type).toContain(managed.idOf('aws_internet_gateway'));
  });

  test('nothing comes in but from the private ranges and the functions; no SSH', () => {
    const group = `\${${stack.idOf('aws_security_group', 'nat_group')}.id}`;
    const sources = stack
      .all('aws_vpc_security_group_ingress_rule')
      .filter(([, rule]) => rule.security_group_id === group)
      .map(([, rule]) => rule.cidr_ipv4 ?? rule.referenced_security_group_id);
    expect(sources.toSorted()).toEqual(
      [`\${${stack.idOf('aws_security_group', 'functions-group')}.id}`, '10.0.101.0/24', '10.0.102.0/24'].toSorted(),
    );
    expect(stack.has('aws_key_pair')).toBe(false);
  });

  test('its role acts on its own interface, instances and group', () => {
    const statements = statementsOf(stack.one('aws_iam_role_policy', 'nat_role').policy);
    const wild = statements
      .filter((statement) => statement.Resource.includes('*'))
      .flatMap((statement) => statement.Action);
    // EC2 knows no resource for the one, CloudWatch for the other, which is held to a namespace.
    expect(wild.toSorted()).toEqual(['cloudwatch:PutMetricData', 'ec2:DescribeNetworkInterfaces']);
    expect(stack.one('aws_iam_role_policy_attachment', 'nat_role')).toMatchObject({
      policy_arn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
    });
  });

  test('every aws call of the scripts is granted, and no other', () => {
    const called = ['data-path.sh', 'take-over.sh', 'watchdog.sh', 'set-up.sh']
      .flatMap((file) =>
        guest(file)
          .split('\n')
          .filter((line) => !line.startsWith('#')),
      )
      .flatMap((line) => [...line.matchAll(/\baws (ec2|cloudwatch|autoscaling) ([a-z-]+)/g)])
      .map(
        ([, service, verb = '']) =>
          `${service}:${verb.replaceAll(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase())}`,
      );
    const granted = statementsOf(stack.one('aws_iam_role_policy', 'nat_role').policy).flatMap(
      (statement) => statement.Action,
    );
    expect([...new Set(called)].toSorted()).toEqual([...new Set(granted)].toSorted());
  });

  test('user data fits, and every script in it is valid bash', () => {
    expect(Buffer.byteLength(renderUserData(facts))).toBeLessThan(USER_DATA_BYTES_MAX);
    for (const file of readdirSync(GUEST).filter((name) => name.endsWith('.sh'))) {
      expect(spawnSync('bash', ['-n'], { input: guest(file) }).status, file).toBe(0);
    }
    expect(spawnSync('bash', ['-n'], { input: renderUserData(facts) }).status).toBe(0);
  });

  test('forwarding is persisted, and the rules accept established traffic and the private ranges only', () => {
    expect(guest('sysctl.conf')).toContain('net.ipv4.ip_forward=1');
    const forward = /chain forward \{([^}]*)\}/.exec(guest('rules.nft'))?.[1] ?? '';
    expect(
      forward
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      'type filter hook forward priority filter; policy drop;',
      'ct state established,related accept',
      'ip saddr @private accept',
    ]);
    expect(guest('rules.nft')).toContain('ip saddr @private oifname "@EGRESS@" masquerade');
  });

  test('packages are installed before the interface is taken, and an instance without them never takes it', () => {
    const setUp = guest('set-up.sh');
    expect(setUp.indexOf('install_packages ||')).toBeLessThan(setUp.indexOf('systemctl start slipstream-nat.service'));
    expect(setUp).toMatch(/install_packages \|\| give_up/);
    expect(guest('slipstream-nat-watchdog.timer')).toContain('OnUnitActiveSec=10');
  });

  test('every host that the guest contacts is in the list', () => {
    const hosts = guestHosts('us-east-1').map(({ host }) => host);
    const named = [...renderUserData(facts).matchAll(/https?:\/\/([a-z0-9.-]+\.[a-z0-9-]+)/g)].map(([, host]) => host);
    expect(named.length).toBeGreaterThan(0);
    for (const host of named) expect(hosts).toContain(host);
    for (const service of ['ec2', 'autoscaling', 'monitoring'])
      expect(hosts).toContain(`${service}.us-east-1.amazonaws.com`);
  });

  test.each(['us-east-1', 'eu-central-1'])(
    'every host in the list can be reached from the NAT subnet in %s',
    (region) => {
      const made = synthesised({
        ...inRegion(region),
        nat: { kind: 'instance', instance_type: 't4g.nano', image_version: 1 },
      });
      const bucketPolicies = statementsOf(made.one('aws_vpc_endpoint', 'endpoints_s3').policy).flatMap(
        (statement) => statement.Resource,
      );
      const publicDefault = made
        .all('aws_route')
        .some(([, route]) => route.gateway_id !== undefined && route.destination_cidr_block === '0.0.0.0/0');
      const interfaceServices = made
        .all('aws_vpc_endpoint')
        .filter(([, endpoint]) => endpoint.vpc_endpoint_type === 'Interface')
        .map(([, endpoint]) => String(endpoint.service_name));
      for (const { host, way } of guestHosts(region)) {
        const bucket = /^(.+)\.s3\./.exec(host)?.[1];
        // Whatever is S3 goes through the gateway endpoint, by its route, whoever meant otherwise.
        expect(way === 's3-endpoint').toBe(bucket !== undefined);
        if (bucket !== undefined) expect(bucketPolicies, host).toContain(`arn:aws:s3:::${bucket}/*`);
        if (way === 'internet') {
          expect(publicDefault, host).toBe(true);
          // Private DNS of an interface endpoint would lead it to a group that does not let the NAT in.
          const service = host.split('.')[0] ?? '';
          expect(
            interfaceServices.some((name) => name.endsWith(`.${service}`)),
            host,
          ).toBe(false);
        }
      }
    },
  );
});
