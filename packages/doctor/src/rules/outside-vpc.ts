import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const outsideVpcRule = pathRule(
  {
    id: 'outside-vpc',
    causes: [9],
    title: "A function is outside its database's VPC",
    explanation:
      'A database with private addresses is reached from inside its own VPC, or over a peering or transit gateway with routes both ways; from anywhere else its name resolves and the connection hangs.',
    page: PAGES.lambdaVpc,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot connect to ${where}: it is not in ${facts.vpc || 'the VPC'} of ${facts.database}.`,
    fix: {
      command: `aws lambda update-function-configuration --function-name ${functions[0]?.name} --vpc-config SubnetIds=PRIVATE_SUBNETS_OF_${facts.vpc},SecurityGroupIds=GROUP`,
      change: `Give ${who} a vpc_config with private subnets of ${facts.vpc}, and a group that the database admits.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
