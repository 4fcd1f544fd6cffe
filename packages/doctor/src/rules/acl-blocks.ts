import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const aclBlocksRule = pathRule(
  {
    id: 'acl-blocks',
    causes: [21],
    title: 'A network ACL drops packets',
    explanation:
      "Network ACLs are stateless and read in the order of their numbers: besides the port itself, answers have to pass to the client's ports (32768-60999 in a function, 1024-65535 behind a NAT gateway). Traffic through a gateway endpoint has public addresses, which an ACL for private ranges drops.",
    page: PAGES.acls,
  },
  ({ first: { facts, evidence }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: the network ACL ${facts.acl} of ${facts.subnet} refuses it (${evidence[0]?.replace(/^[^:]*: /, '')}).`,
    fix: {
      command: `aws ec2 create-network-acl-entry --network-acl-id ${facts.acl} --rule-number 90 --protocol tcp --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow --ingress`,
      change: `Let ${facts.acl} pass ${evidence[0]?.replace(/^[^:]*: /, '').replace(/ is refused by.*/, '')}, before the rule that refuses it.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
