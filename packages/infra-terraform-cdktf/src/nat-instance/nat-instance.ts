import { AutoscalingGroup } from '@cdktn/provider-aws/lib/autoscaling-group/index.js';
import { DataAwsSsmParameter } from '@cdktn/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Eip } from '@cdktn/provider-aws/lib/eip/index.js';
import { EipAssociation } from '@cdktn/provider-aws/lib/eip-association/index.js';
import { LaunchTemplate } from '@cdktn/provider-aws/lib/launch-template/index.js';
import { NetworkInterface } from '@cdktn/provider-aws/lib/network-interface/index.js';
import { Route } from '@cdktn/provider-aws/lib/route/index.js';
import { Fn } from 'cdktn';
import { Construct } from 'constructs';
import type { NewNetwork } from '../environments/environment.ts';
import { formatIpv4, parseIpv4Range } from '../environments/ipv4-range.ts';
import type { PublicSubnet, VpcNetwork } from '../network/vpc-network.ts';
import { literalText } from '../terraform/literal-text.ts';
import type { Place } from '../terraform/place.ts';
import { probeUrls } from './guest-hosts.ts';
import { NatGroup } from './nat-group.ts';
import { imageParameter } from './nat-image.ts';
import { NAT_METRIC_NAMESPACE, NAT_TAG, NatRole } from './nat-role.ts';
import { renderUserData } from './user-data.ts';

export interface NatInstanceChoice {
  readonly environmentName: string;
  readonly instanceType: string;
  readonly imageVersion: 'newest' | number;
  readonly functionsGroupId: string;
}

/** Time for user data: packages, take-over. Before it has passed, a failing watchdog does not replace the instance. */
const GRACE_S = 300;

/**
 * A NAT instance that is replaced without anybody's noticing: routes name a floating interface with a fixed address,
 * which the Auto Scaling group's one instance takes when it has set itself up. The interface lives in one zone, and so
 * does the group: that zone's failure takes the way to the internet with it.
 */
export class NatInstance extends Construct {
  readonly publicAddress: string;
  readonly groupName: string;

  constructor(
    scope: Construct,
    id: string,
    place: Place,
    choice: NatInstanceChoice,
    network: VpcNetwork,
    config: NewNetwork,
  ) {
    super(scope, id);
    const privateCidrs = config.private_subnets.map((subnet) => subnet.cidr);
    const subnet = natSubnet(network, config);
    const group = new NatGroup(this, 'group', place.name, network.vpcId, privateCidrs, choice.functionsGroupId);

    const floating = new NetworkInterface(this, 'interface', {
      subnetId: subnet.id,
      description: `${place.name}: the way out of the private subnets`,
      securityGroups: [group.id],
      sourceDestCheck: false,
      tags: { Name: `${place.name}-nat` },
    });
    const address = new Eip(this, 'address', { domain: 'vpc', tags: { Name: `${place.name}-nat` } });
    new EipAssociation(this, 'address-of-interface', { allocationId: address.id, networkInterfaceId: floating.id });
    network.privateRouteTableIds.forEach((routeTableId, index) => {
      new Route(this, `default-route-${index}`, {
        routeTableId,
        destinationCidrBlock: '0.0.0.0/0',
        networkInterfaceId: floating.id,
      });
    });

    this.groupName = `${place.name}-nat`;
    const role = new NatRole(this, 'role', place, floating.arn, this.groupName);
    const parameter = imageParameter(choice.instanceType);
    const version =
      choice.imageVersion === 'newest'
        ? new DataAwsSsmParameter(this, 'image', { name: parameter }).version
        : choice.imageVersion;
    const range = parseIpv4Range(subnet.cidr);
    const userData = renderUserData({
      environment: choice.environmentName,
      region: place.region,
      metricNamespace: NAT_METRIC_NAMESPACE,
      probeUrls: probeUrls(place.region),
      privateCidrs,
      interface: {
        id: '@ENI_ID@',
        mac: '@ENI_MAC@',
        address: '@ENI_ADDRESS@',
        prefix: range.prefix,
        // AWS keeps the network's first address for its router.
        gateway: formatIpv4(range.first + 1),
      },
    });
    const tags = {
      Name: `${place.name}-nat`,
      [NAT_TAG]: place.name,
      project: 'slipstream',
      environment: choice.environmentName,
    };
    const template = new LaunchTemplate(this, 'template', {
      name: `${place.name}-nat`,
      // EC2 resolves it at each launch: always to this version's image.
      imageId: `resolve:ssm:${parameter}:${version}`,
      instanceType: choice.instanceType,
      updateDefaultVersion: true,
      iamInstanceProfile: { arn: role.instanceProfileArn },
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      monitoring: { enabled: false },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          // The image's own size; $0.64 a month.
          ebs: { volumeSize: 8, volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' },
        },
      ],
      networkInterfaces: [
        {
          deviceIndex: 0,
          // Without an address of its own it could not call AWS to take the floating interface.
          associatePublicIpAddress: 'true',
          deleteOnTermination: 'true',
          securityGroups: [group.id],
        },
      ],
      userData: Fn.base64encode(
        [
          ['@ENI_ID@', floating.id],
          ['@ENI_MAC@', floating.macAddress],
          ['@ENI_ADDRESS@', floating.privateIp],
        ].reduce((text, [mark = '', value = '']) => Fn.replace(text, mark, value), literalText(userData)),
      ),
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
    });
    new AutoscalingGroup(this, 'instances', {
      name: this.groupName,
      minSize: 1,
      maxSize: 1,
      desiredCapacity: 1,
      vpcZoneIdentifier: [subnet.id],
      healthCheckType: 'EC2',
      healthCheckGracePeriod: GRACE_S,
      launchTemplate: { id: template.id, version: `${template.latestVersion}` },
      // The successor takes over while its predecessor still forwards.
      instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 200,
          instanceWarmup: '120',
          autoRollback: true,
        },
      },
      tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
    });
    this.publicAddress = address.publicIp;
  }
}

/** A public subnet that shares its zone with a private one: traffic between zones is charged. */
function natSubnet(network: VpcNetwork, config: NewNetwork): PublicSubnet {
  const zones = config.private_subnets.map((subnet) => subnet.zone_id);
  const subnet = network.publicSubnets.find(({ zoneId }) => zones.includes(zoneId)) ?? network.publicSubnets[0];
  if (!subnet) throw new Error('A NAT instance needs a public subnet.');
  return subnet;
}
