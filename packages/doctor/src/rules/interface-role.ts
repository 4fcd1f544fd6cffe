import { allows } from '../policy/allows.ts';
import { roleOf } from '../snapshot/lookups.ts';
import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

/** Required permissions of "Giving Lambda functions access to resources in a VPC". */
const REQUIRED = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'];

export const interfaceRoleRule: Rule = {
  id: 'interface-role',
  causes: [27],
  title: "The role cannot make the function's network interface",
  explanation:
    "Lambda makes, finds and deletes a VPC function's network interface with the function's own role: it needs ec2:CreateNetworkInterface, DescribeNetworkInterfaces and DeleteNetworkInterface (the managed policy AWSLambdaVPCAccessExecutionRole has them). A deny that is limited to lambda:SourceFunctionArn keeps only the function's code from them.",
  page: PAGES.lambdaVpc,
  check: (examination) =>
    examination.snapshot.functions.flatMap((fn) => {
      const role = roleOf(examination.snapshot, fn);
      if (fn.vpc === null || !role) return [];
      const lacking = REQUIRED.filter(
        (action) => allows(role.statements, { action, resource: '*', context: new Map() }) === 'no',
      );
      if (lacking.length === 0 || !role.complete) return [];
      return [
        makeFinding(examination, interfaceRoleRule, {
          severity: 'error',
          message: `${fn.name} cannot get its network interface: the role ${role.name} does not allow ${lacking.join(', ')}.`,
          resources: [role.id, fn.id],
          functions: [fn.name],
          evidence: [`no statement of ${role.name} allows ${lacking.join(', ')}`],
          fix: {
            command: `aws iam attach-role-policy --role-name ${role.name} --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole`,
            change: `Attach arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole to ${role.id}.`,
          },
          verify: verifyCommand(examination.snapshot, [fn]),
        }),
      ];
    }),
};
