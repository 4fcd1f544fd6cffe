import { usableAddresses } from '../reach/cidr.ts';
import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

/** Fewer than these, and the next interface may find none. */
const FREE_MIN = 8;

export const subnetFullRule: Rule = {
  id: 'subnet-full',
  causes: [26],
  title: 'A subnet has no addresses left',
  explanation:
    'Lambda makes a network interface for each pair of subnet and security groups, and endpoints, NATs and databases take addresses of the same subnets. In a full subnet functions stay Pending or fail with a subnet error. AWS keeps five addresses of each subnet.',
  page: PAGES.subnets,
  check: (examination) =>
    examination.snapshot.subnets.flatMap((subnet) => {
      const size = subnet.cidr === null ? null : usableAddresses(subnet.cidr);
      const free = subnet.free_addresses ?? (size !== null && size <= 11 ? size : null);
      if (free === null || free >= FREE_MIN + (subnet.free_addresses === null ? 4 : 0)) return [];
      const users = examination.snapshot.functions.filter(({ vpc }) => vpc?.subnet_ids?.includes(subnet.id));
      if (users.length === 0) return [];
      const isMeasured = subnet.free_addresses !== null;
      return [
        makeFinding(examination, subnetFullRule, {
          severity: isMeasured && free <= 2 ? 'error' : 'warning',
          certainty: isMeasured ? 'measured' : 'proven',
          message: isMeasured
            ? `${subnet.id} has ${free} free addresses left; ${nameSome(users.map(({ name }) => name))} needs them.`
            : `${subnet.id} (${subnet.cidr}) has room for ${free} addresses at most, for all functions, endpoints and NATs in it.`,
          resources: [subnet.id],
          functions: users.map(({ name }) => name),
          evidence: [isMeasured ? `AvailableIpAddressCount ${free}` : `${subnet.cidr}: ${free} usable addresses`],
          fix: {
            command: `aws ec2 create-subnet --vpc-id ${subnet.vpc_id} --cidr-block LARGER_BLOCK --availability-zone ${subnet.zone}`,
            change: `Give ${subnet.id} a larger block (/24), or add a subnet to vpc_config of the functions.`,
          },
          verify: verifyCommand(examination.snapshot, users),
        }),
      ];
    }),
};
