import { SecurityGroup } from '@cdktn/provider-aws/lib/security-group/index.js';
import { VpcEndpoint } from '@cdktn/provider-aws/lib/vpc-endpoint/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktn/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktn/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import { vpcFunctions } from '../environments/vpc-functions.ts';
import type { Place } from '../terraform/place.ts';
import { dynamodbEndpointPolicy, natImageBuckets, s3EndpointPolicy } from './endpoint-policies.ts';
import type { Network } from './network.ts';

/** RFC 1918 and RFC 6598: whatever range an existing VPC has. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

export interface EndpointTargets {
  readonly functionsGroupId: string;
  readonly bucketArns: readonly string[];
  readonly tableArn: string;
}

/** The ways to AWS's services that need no internet. Gateway endpoints are free; an interface endpoint is paid by zone. */
export class Endpoints extends Construct {
  constructor(
    scope: Construct,
    id: string,
    place: Place,
    environment: Environment,
    network: Network,
    interfaces: readonly ('sqs' | 'secretsmanager' | 'logs')[],
    targets: EndpointTargets,
  ) {
    super(scope, id);
    const present = environment.network.kind === 'existing' ? environment.network.endpoints_present : [];
    // In an existing network a narrow policy would cut off its other tenants; roles and bucket policies still hold.
    const isOurs = environment.network.kind === 'new';
    const gateways = {
      s3: s3EndpointPolicy(
        targets.bucketArns,
        environment.nat.kind === 'instance' ? natImageBuckets(place.region) : [],
      ),
      dynamodb: dynamodbEndpointPolicy(targets.tableArn),
    };
    for (const service of ['s3', 'dynamodb'] as const) {
      // In an existing network nothing is built that no function takes.
      if (present.includes(service) || (!isOurs && vpcFunctions(environment).length === 0)) continue;
      new VpcEndpoint(this, service, {
        vpcId: network.vpcId,
        serviceName: `com.amazonaws.${place.region}.${service}`,
        vpcEndpointType: 'Gateway',
        routeTableIds: [...network.routeTableIds],
        ...(isOurs ? { policy: gateways[service] } : {}),
        tags: { Name: `${place.name}-${service}` },
      });
    }

    if (interfaces.length === 0) return;
    const group = this.#group(place, network.vpcId, targets.functionsGroupId, isOurs ? [] : PRIVATE_RANGES);
    for (const service of interfaces) {
      new VpcEndpoint(this, service, {
        vpcId: network.vpcId,
        serviceName: `com.amazonaws.${place.region}.${service}`,
        vpcEndpointType: 'Interface',
        subnetIds: [...network.privateSubnetIds],
        securityGroupIds: [group.id],
        // The SDK's ordinary host names resolve to the endpoint, for every host of the VPC.
        privateDnsEnabled: true,
        tags: { Name: `${place.name}-${service}` },
      });
    }
  }

  #group(place: Place, vpcId: string, functionsGroupId: string, neighbours: readonly string[]): SecurityGroup {
    const group = new SecurityGroup(this, 'group', {
      name: `${place.name}-endpoints`,
      description: 'Interface endpoints',
      vpcId,
      tags: { Name: `${place.name}-endpoints` },
    });
    const https = {
      securityGroupId: group.id,
      referencedSecurityGroupId: functionsGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
    };
    new VpcSecurityGroupIngressRule(this, 'from-functions', { ...https, description: 'HTTPS from the functions' });
    neighbours.forEach((cidrIpv4, index) => {
      new VpcSecurityGroupIngressRule(this, `from-neighbours-${index}`, {
        securityGroupId: group.id,
        description: 'HTTPS from the rest of the VPC, whose names resolve to this endpoint too',
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrIpv4,
      });
    });
    // Replies pass without it (security groups are stateful); it is there because operators look for it.
    new VpcSecurityGroupEgressRule(this, 'to-functions', { ...https, description: 'HTTPS back to the functions' });
    return group;
  }
}
