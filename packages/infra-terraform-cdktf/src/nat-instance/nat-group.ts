import { SecurityGroup } from '@cdktn/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktn/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktn/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Construct } from 'constructs';

/** In: from the private ranges and the given groups only. Nothing from the internet, no SSH: Systems Manager calls out. */
export class NatGroup extends Construct {
  readonly id: string;

  constructor(
    scope: Construct,
    id: string,
    name: string,
    vpcId: string,
    privateCidrs: readonly string[],
    securityGroupIds: readonly string[],
  ) {
    super(scope, id);
    const group = new SecurityGroup(this, 'group', {
      name: `${name}-nat`,
      description: 'NAT instance',
      vpcId,
      tags: { Name: `${name}-nat` },
    });
    privateCidrs.forEach((cidr, index) => {
      new VpcSecurityGroupIngressRule(this, `from-private-${index}`, {
        securityGroupId: group.id,
        description: 'What the private subnets send out',
        ipProtocol: '-1',
        cidrIpv4: cidr,
      });
    });
    securityGroupIds.forEach((referencedSecurityGroupId, index) => {
      new VpcSecurityGroupIngressRule(this, `from-group-${index}`, {
        securityGroupId: group.id,
        description: 'What the members of this group send out',
        ipProtocol: '-1',
        referencedSecurityGroupId,
      });
    });
    new VpcSecurityGroupEgressRule(this, 'to-anywhere', {
      securityGroupId: group.id,
      description: 'It forwards to wherever the private subnets call',
      ipProtocol: '-1',
      cidrIpv4: '0.0.0.0/0',
    });
    this.id = group.id;
  }
}
