import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const otherRegionRule = pathRule(
  {
    id: 'other-region',
    causes: [23],
    title: 'A resource is in another region than the endpoints',
    explanation:
      'Gateway and interface endpoints serve their own region only. A bucket, table or queue elsewhere is reached over the internet, through a NAT.',
    page: PAGES.gatewayEndpoints,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: it is in ${facts.other}, and the endpoints of ${facts.vpc} serve ${facts.region} only.`,
    fix: {
      command: `aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET --allocation-id EIP`,
      change: `Give ${facts.subnet} a NAT, or use a resource in ${facts.region}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
