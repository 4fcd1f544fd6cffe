import { DefaultSecurityGroup } from '@cdktn/provider-aws/lib/default-security-group/index.js';
import { InternetGateway } from '@cdktn/provider-aws/lib/internet-gateway/index.js';
import { Route } from '@cdktn/provider-aws/lib/route/index.js';
import { RouteTable } from '@cdktn/provider-aws/lib/route-table/index.js';
import { RouteTableAssociation } from '@cdktn/provider-aws/lib/route-table-association/index.js';
import { Subnet } from '@cdktn/provider-aws/lib/subnet/index.js';
import { Vpc } from '@cdktn/provider-aws/lib/vpc/index.js';
import type { ITerraformDependable } from 'cdktn';
import { Construct } from 'constructs';
import type { NewNetwork } from '../environments/environment.ts';
import type { Network } from './network.ts';

export interface PublicSubnet {
  readonly id: string;
  readonly cidr: string;
  readonly zoneId: string;
}

/**
 * VPC, subnets in two zones or more, and their routes. Network ACLs stay the VPC's default, which lets everything
 * pass both ways: they are stateless, and a rule forgotten there looks like a hanging connection.
 */
export class VpcNetwork extends Construct implements Network {
  readonly vpcId: string;
  readonly privateSubnetIds: readonly string[];
  readonly routeTableIds: readonly string[];
  /** A way out is added here, one table a private zone. */
  readonly privateRouteTableIds: readonly string[];
  readonly publicSubnets: readonly PublicSubnet[];
  /** The gateway's attachment and the route to it: what needs the internet when it is made waits for them. */
  readonly internet: ITerraformDependable[];

  constructor(scope: Construct, id: string, name: string, network: NewNetwork) {
    super(scope, id);
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: network.vpc_cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    // Without rules: what is put into it by mistake reaches nothing.
    new DefaultSecurityGroup(this, 'default-group', { vpcId: vpc.id, tags: { Name: `${name}-default-closed` } });
    const gateway = new InternetGateway(this, 'internet-gateway', { vpcId: vpc.id, tags: { Name: name } });

    const publicTable = new RouteTable(this, 'public-routes', { vpcId: vpc.id, tags: { Name: `${name}-public` } });
    const publicRoute = new Route(this, 'public-default-route', {
      routeTableId: publicTable.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id,
    });
    this.publicSubnets = network.public_subnets.map(({ cidr, zone_id }, index) => {
      const subnet = new Subnet(this, `public-${index}`, {
        vpcId: vpc.id,
        cidrBlock: cidr,
        availabilityZoneId: zone_id,
        // Who needs a public address here asks for it.
        mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-public-${zone_id}` },
      });
      new RouteTableAssociation(this, `public-${index}-routes`, { subnetId: subnet.id, routeTableId: publicTable.id });
      return { id: subnet.id, cidr, zoneId: zone_id };
    });

    const privateZones = network.private_subnets.map(({ cidr, zone_id }, index) => {
      const subnet = new Subnet(this, `private-${index}`, {
        vpcId: vpc.id,
        cidrBlock: cidr,
        availabilityZoneId: zone_id,
        mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-private-${zone_id}` },
      });
      const table = new RouteTable(this, `private-${index}-routes`, {
        vpcId: vpc.id,
        tags: { Name: `${name}-private-${zone_id}` },
      });
      new RouteTableAssociation(this, `private-${index}-association`, { subnetId: subnet.id, routeTableId: table.id });
      return { subnetId: subnet.id, tableId: table.id };
    });

    this.internet = [gateway, publicRoute];
    this.vpcId = vpc.id;
    this.privateSubnetIds = privateZones.map((zone) => zone.subnetId);
    this.privateRouteTableIds = privateZones.map((zone) => zone.tableId);
    this.routeTableIds = [publicTable.id, ...this.privateRouteTableIds];
  }
}
