import { SecurityGroup } from '@cdktn/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktn/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { Construct } from 'constructs';

const HTTPS = 443;

/** The group of the functions in private subnets: the ports that they need out, nothing in. EFS adds its own rule. */
export class FunctionsGroup extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, name: string, vpcId: string, ports: readonly number[]) {
    super(scope, id);
    const group = new SecurityGroup(this, 'group', {
      name: `${name}-functions`,
      description: 'Functions in private subnets',
      vpcId,
      tags: { Name: `${name}-functions` },
    });
    for (const port of ports) {
      new VpcSecurityGroupEgressRule(this, port === HTTPS ? 'https' : `port-${port}`, {
        securityGroupId: group.id,
        description:
          port === HTTPS
            ? 'HTTPS to endpoints and, through the NAT, to the internet'
            : 'To a host that the environment configures',
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        cidrIpv4: '0.0.0.0/0',
      });
    }
    this.id = group.id;
  }
}
