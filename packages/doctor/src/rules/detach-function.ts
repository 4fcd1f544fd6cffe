import { knowsNeeds } from '../needs/known-needs.ts';
import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { endpointMonth, natMonth, verifyCommand } from './sentences.ts';

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
    // A probe needs nothing for itself, and has to stand where it looks from.
    // What a function needs has to be known as a whole: a variable or a policy that is not may name a database.
    const idle = inside.filter(
      (fn) =>
        !isPrivate(fn.id) && (needs.get(fn.id) ?? []).some(({ required }) => required) && knowsNeeds(fn, snapshot),
    );
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
