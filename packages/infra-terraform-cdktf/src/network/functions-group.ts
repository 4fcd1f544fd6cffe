import { SecurityGroup } from '@cdktn/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktn/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { Construct } from 'constructs';

/** The group of the functions in private subnets: HTTPS out, nothing in. EFS adds its own rule. */
export class FunctionsGroup extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, name: string, vpcId: string) {
    super(scope, id);
    const group = new SecurityGroup(this, 'group', {
      name: `${name}-functions`,
      description: 'Functions in private subnets',
      vpcId,
      tags: { Name: `${name}-functions` },
    });
    new VpcSecurityGroupEgressRule(this, 'https', {
      securityGroupId: group.id,
      description: 'HTTPS to endpoints and, through the NAT, to the internet',
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIpv4: '0.0.0.0/0',
    });
    this.id = group.id;
  }
}
