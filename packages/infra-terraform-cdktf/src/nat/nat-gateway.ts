import { Eip } from '@cdktn/provider-aws/lib/eip/index.js';
import { NatGateway as AwsNatGateway } from '@cdktn/provider-aws/lib/nat-gateway/index.js';
import { Route } from '@cdktn/provider-aws/lib/route/index.js';
import { Construct } from 'constructs';
import type { PublicSubnet, VpcNetwork } from '../network/vpc-network.ts';
import type { Place } from '../terraform/place.ts';

/** AWS's own NAT: $32.85 a month and $0.045 a GB, and nothing to look after. One, in one zone. */
export class NatGateway extends Construct {
  readonly publicAddress: string;
  readonly gatewayId: string;

  constructor(scope: Construct, id: string, place: Place, network: VpcNetwork, subnet: PublicSubnet) {
    super(scope, id);
    const address = new Eip(this, 'address', {
      domain: 'vpc',
      tags: { Name: `${place.name}-nat` },
      dependsOn: network.internet,
    });
    const gateway = new AwsNatGateway(this, 'gateway', {
      allocationId: address.id,
      subnetId: subnet.id,
      tags: { Name: `${place.name}-nat` },
      // Before the internet gateway is attached EC2 answers Gateway.NotAttached.
      dependsOn: network.internet,
    });
    network.privateRouteTableIds.forEach((routeTableId, index) => {
      new Route(this, `default-route-${index}`, {
        routeTableId,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: gateway.id,
      });
    });
    this.publicAddress = address.publicIp;
    this.gatewayId = gateway.id;
  }
}
