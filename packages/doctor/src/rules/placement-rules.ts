import { readServiceName } from '../needs/aws-hosts.ts';
import { groupPassage } from '../reach/group-passage.ts';
import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { endpointMonth, natMonth, verifyCommand } from './sentences.ts';

export const oneZoneRule: Rule = {
  id: 'one-zone',
  causes: [],
  title: 'Everything stands in one zone',
  explanation:
    "Subnets in the same zone fail together: two subnets are no redundancy when both are in it, and a file system's mount target there is the only one.",
  page: PAGES.availability,
  check: (examination) => {
    const byZone = new Map<string, string[]>();
    for (const fn of examination.snapshot.functions) {
      const subnets = (fn.vpc?.subnet_ids ?? []).map((id) => examination.index.subnets.get(id));
      const zones = new Set(subnets.map((subnet) => subnet?.zone ?? null));
      const [only] = zones;
      if (subnets.length === 0 || zones.size !== 1 || !only) continue;
      byZone.set(only, [...(byZone.get(only) ?? []), fn.name]);
    }
    return [...byZone].map(([zone, names]) =>
      makeFinding(examination, oneZoneRule, {
        severity: 'warning',
        message: `${nameSome(names)} ${names.length > 1 ? 'run' : 'runs'} in the zone ${zone} only: its failure takes ${names.length > 1 ? 'them' : 'it'} along.`,
        resources: examination.snapshot.subnets.filter((subnet) => subnet.zone === zone).map(({ id }) => id),
        functions: names,
        evidence: [`all subnets of ${nameSome(names, 3)} are in ${zone}`],
        fix: {
          command: `aws ec2 create-subnet --vpc-id VPC --cidr-block CIDR --availability-zone ANOTHER_ZONE`,
          change: 'Add a private subnet in another zone, with a route table of its own.',
        },
        verify: verifyCommand(examination.snapshot),
      }),
    );
  },
};

export const endpointGroupOpenRule: Rule = {
  id: 'endpoint-group-open',
  causes: [],
  title: "An endpoint's security group is open to the world",
  explanation:
    "An interface endpoint's addresses are private, so 0.0.0.0/0 admits whatever can route to the VPC: peers, VPNs, other tenants. The functions' group is all that it has to admit.",
  page: PAGES.endpointPolicies,
  check: (examination) => {
    const { snapshot, index } = examination;
    const open = new Map<string, string[]>();
    for (const endpoint of snapshot.endpoints) {
      if (endpoint.type !== 'Interface') continue;
      for (const id of endpoint.group_ids ?? [])
        if (
          groupPassage(
            [index.groups.get(id) ?? null],
            'ingress',
            443,
            { cidrs: ['0.0.0.0/0'], group_ids: null, prefix_list: null },
            snapshot.prefix_lists,
          ) === 'yes'
        )
          open.set(id, [...(open.get(id) ?? []), endpoint.id]);
    }
    return [...open].map(([group, endpoints]) =>
      makeFinding(examination, endpointGroupOpenRule, {
        severity: 'warning',
        message: `${group} of ${nameSome(endpoints)} admits 0.0.0.0/0 on 443.`,
        resources: [group, ...endpoints],
        evidence: [`ingress of ${group}: TCP 443 from 0.0.0.0/0`],
        fix: {
          command: `aws ec2 revoke-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr 0.0.0.0/0`,
          change: `Let ${group} admit 443 from the functions' group only.`,
        },
        verify: verifyCommand(snapshot),
      }),
    );
  },
};

export const filesShortLimitRule: Rule = {
  id: 'files-short-limit',
  causes: [],
  title: 'A file system is mounted by a function with a short limit',
  explanation:
    'The mount is part of the init phase (10 s) and NFS pays a round trip for each small file: copying thousands of them outlasts minutes. Copy once into /tmp, keep the copy, or read objects from S3; a longer time-out only moves the failure.',
  page: PAGES.filesPerformance,
  check: (examination) =>
    examination.snapshot.functions.flatMap((fn) => {
      if (fn.mounts.length === 0 || fn.timeout_s === null || fn.timeout_s >= 60) return [];
      return [
        makeFinding(examination, filesShortLimitRule, {
          severity: 'warning',
          certainty: 'inferred',
          message: `${fn.name} mounts a file system and has ${fn.timeout_s} s: the mount and a copy of many small files may outlast it.`,
          resources: [fn.id],
          functions: [fn.name],
          evidence: [`mounted at ${fn.mounts.map(({ path }) => path).join(', ')}`, `time-out ${fn.timeout_s} s`],
          fix: {
            command: `aws lambda update-function-configuration --function-name ${fn.name} --timeout 300`,
            change: `Set timeout of ${fn.id} to 60 or more, or read from S3 instead.`,
          },
          verify: verifyCommand(examination.snapshot, [fn]),
        }),
      ];
    }),
};

export const detachFunctionRule: Rule = {
  id: 'detach-function',
  causes: [],
  title: 'A function in a VPC needs nothing there',
  explanation:
    'Outside a VPC a function has the internet and every AWS API without NAT and endpoints. It belongs inside for private databases, caches, file systems, other private addresses, or one fixed address that others allow.',
  page: PAGES.lambdaInternet,
  check: (examination) => {
    const { snapshot, needs, paths, index } = examination;
    const inside = snapshot.functions.filter(({ vpc }) => vpc !== null);
    const hasPrivateWay = new Set(
      paths
        .filter(({ way }) => ['inside the VPC', 'peering', 'transit gateway', 'vpn'].includes(way))
        .map(({ function_id }) => function_id),
    );
    const isPrivate = (id: string) =>
      hasPrivateWay.has(id) || (needs.get(id) ?? []).some(({ kind }) => kind === 'database' || kind === 'file_system');
    const guardedIds = new Set(
      [...snapshot.buckets, ...snapshot.queues, ...snapshot.secrets]
        .filter(({ policy }) =>
          policy?.some(({ conditions }) => conditions.some(({ key }) => /sourcevpce?$/i.test(key))),
        )
        .map(({ id }) => id),
    );
    const idle = inside.filter((fn) => !isPrivate(fn.id) && (needs.get(fn.id)?.length ?? 0) > 0);
    if (idle.length === 0 || guardedIds.size > 0) return [];
    const isAll = idle.length === inside.length;
    const vpcs = new Set(idle.map(({ vpc }) => vpc?.vpc_id));
    const nats = snapshot.nat_gateways.filter(({ subnet_id }) =>
      vpcs.has(index.subnets.get(subnet_id ?? '')?.vpc_id ?? ''),
    );
    const endpoints = snapshot.endpoints.filter(({ type, vpc_id }) => type === 'Interface' && vpcs.has(vpc_id ?? ''));
    const saving = isAll
      ? (natMonth(snapshot) ?? 0) * nats.length +
        endpoints.reduce((sum, { subnet_ids }) => sum + (endpointMonth(snapshot, subnet_ids?.length ?? 1) ?? 0), 0)
      : 0;
    const names = idle.map(({ name }) => name);
    return [
      makeFinding(examination, detachFunctionRule, {
        severity: 'advice',
        certainty: 'inferred',
        message: `${nameSome(names)} ${names.length > 1 ? 'need' : 'needs'} nothing inside the VPC: detached, ${names.length > 1 ? 'they have' : 'it has'} the internet without NAT and endpoints${
          isAll && (nats.length > 0 || endpoints.length > 0)
            ? `, and ${nameSome(
                [...nats, ...endpoints].map(({ id }) => id),
                3,
              )} are then needless`
            : ''
        }.`,
        resources: idle.map(({ id }) => id),
        functions: names,
        evidence: names
          .slice(0, 3)
          .map((name) => `${name}: no database, no file system, no private address among its needs`),
        fix: {
          command: `aws lambda update-function-configuration --function-name ${names[0]} --vpc-config SubnetIds=[],SecurityGroupIds=[]`,
          change: `Leave vpc_config out of ${idle.map(({ id }) => id).join(', ')}, unless others allow the NAT's address.`,
        },
        verify: verifyCommand(snapshot),
        monthly_usd: saving === 0 ? null : -Math.round(saving * 100) / 100,
      }),
    ];
  },
};

export const unusedEndpointRule: Rule = {
  id: 'unused-endpoint',
  causes: [],
  title: 'An interface endpoint that nothing uses',
  explanation:
    "Each interface endpoint costs by zone, used or not. A function's log lines do not take the VPC's routes, and mappings poll queues by themselves: neither needs an endpoint.",
  page: PAGES.endpointServices,
  check: (examination) => {
    const { snapshot, paths } = examination;
    const used = new Set(paths.map(({ way_id }) => way_id));
    return snapshot.endpoints.flatMap((endpoint) => {
      const service = readServiceName(endpoint.service)?.service;
      const inside = snapshot.functions.some(({ vpc }) => vpc?.vpc_id === endpoint.vpc_id);
      if (
        endpoint.type !== 'Interface' ||
        used.has(endpoint.id) ||
        !service ||
        !inside ||
        !snapshot.functions.every(({ environment }) => environment !== null)
      )
        return [];
      const isSession = /^(ssmmessages|ec2messages|ecr|ssm$)/.test(service);
      const saving = endpointMonth(snapshot, endpoint.subnet_ids?.length ?? 1);
      return isSession
        ? []
        : [
            makeFinding(examination, unusedEndpointRule, {
              severity: 'advice',
              certainty: 'inferred',
              message: `No function of this VPC uses ${endpoint.id} (${service})${service === 'logs' ? ': log lines take Lambda’s own way' : service === 'sqs' ? ': mappings poll by themselves' : ''}.`,
              resources: [endpoint.id],
              evidence: [`no need of any function resolves to ${endpoint.id}`],
              fix: {
                command: `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${endpoint.id}`,
                change: `Take ${endpoint.id} out.`,
              },
              verify: verifyCommand(snapshot),
              monthly_usd: saving === null ? null : -saving,
            }),
          ];
    });
  },
};
