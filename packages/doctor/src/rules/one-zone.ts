import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

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
