import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const publicSubnetRule = pathRule(
  {
    id: 'public-subnet',
    causes: [2],
    title: 'A function stands in a public subnet',
    explanation:
      "A function's network interface never gets a public address, so a route to an internet gateway leads it nowhere. Put the function into private subnets with a NAT, or take it out of the VPC, where it has the internet without any of it.",
    page: PAGES.lambdaInternet,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: ${facts.subnet} is public, and a function gets no public address there.`,
    fix: {
      command: `aws lambda update-function-configuration --function-name ${functions[0]?.name} --vpc-config SubnetIds=PRIVATE_SUBNETS,SecurityGroupIds=${functions[0]?.vpc?.group_ids?.join(',')}`,
      change: `Put ${who} into private subnets whose default route leads to a NAT, or leave vpc_config out.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
