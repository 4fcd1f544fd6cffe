import { AutoscalingGroup } from '@cdktn/provider-aws/lib/autoscaling-group/index.js';
import { DataAwsSsmParameter } from '@cdktn/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Eip } from '@cdktn/provider-aws/lib/eip/index.js';
import { EipAssociation } from '@cdktn/provider-aws/lib/eip-association/index.js';
import { LaunchTemplate } from '@cdktn/provider-aws/lib/launch-template/index.js';
import { NetworkInterface } from '@cdktn/provider-aws/lib/network-interface/index.js';
import { Route } from '@cdktn/provider-aws/lib/route/index.js';
import { Fn, type ITerraformDependable, Token } from 'cdktn';
import { Construct } from 'constructs';
import { probeUrls } from './guest-hosts.ts';
import { NatGroup } from './nat-group.ts';
import { imageParameter } from './nat-image.ts';
import { NAT_TAG, NatRole } from './nat-role.ts';
import { renderUserData } from './user-data.ts';

export interface NatInstanceProps {
  /** Begins the names of all that it makes: `{name}-nat`. */
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly vpcId: string;
  /** A public subnet, in the zone of a private one: traffic between zones is charged. */
  readonly subnet: { readonly id: string; readonly cidr: string };
  /** The tables whose way out it becomes. */
  readonly routeTableIds: readonly string[];
  /** Ranges that it forwards for, and nobody else. */
  readonly privateCidrs: readonly string[];
  /** Groups that may send to it besides those ranges. */
  readonly securityGroupIds?: readonly string[];
  /** Default: t4g.nano, $3.07 a month. */
  readonly instanceType?: string;
  /**
   * Version of Amazon's public parameter that names the image, counted in each region by itself; `newest` (the default):
   * the one that is newest when Terraform plans. Either way the template names one image, until the next deploy.
   */
  readonly imageVersion?: 'newest' | number;
  /** The dimension `Environment` of its metrics. Default: the name. */
  readonly metricEnvironment?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The internet gateway's attachment and its route: without them neither the address nor the first boot succeeds. */
  readonly dependsOn?: ITerraformDependable[];
}

/** Time for user data: packages, take-over. Before it has passed, a failing watchdog does not replace the instance. */
const GRACE_S = 300;
/** How long a new instance may take until its watchdog has seen a request through; then it is given up. */
const LAUNCH_S_MAX = 600;
const LAUNCH_HOOK = 'forwards';

/**
 * A NAT instance that is replaced without anybody's noticing: routes name a floating interface with a fixed address,
 * which the Auto Scaling group's one instance takes when it has set itself up. The interface lives in one zone, and so
 * does the group: that zone's failure takes the way to the internet with it.
 *
 * An update goes: new template version → instance refresh starts a successor → it sets itself up, takes the interface,
 * and its watchdog sees a request through → only then it is in service (launch hook) and the predecessor goes. A
 * successor that does not come so far is abandoned, and the refresh rolls back to the template before.
 */
export class NatInstance extends Construct {
  readonly publicAddress: string;
  /** Of the Auto Scaling group. */
  readonly groupName: string;

  constructor(scope: Construct, id: string, props: NatInstanceProps) {
    super(scope, id);
    const { name, subnet, instanceType = 't4g.nano', metricEnvironment = name } = props;
    const group = new NatGroup(this, 'group', name, props.vpcId, props.privateCidrs, props.securityGroupIds ?? []);

    const floating = new NetworkInterface(this, 'interface', {
      subnetId: subnet.id,
      description: `${name}: the way out of the private subnets`,
      securityGroups: [group.id],
      sourceDestCheck: false,
      tags: { Name: `${name}-nat` },
    });
    const dependsOn = props.dependsOn ? { dependsOn: props.dependsOn } : {};
    const address = new Eip(this, 'address', { domain: 'vpc', tags: { Name: `${name}-nat` }, ...dependsOn });
    new EipAssociation(this, 'address-of-interface', {
      allocationId: address.id,
      networkInterfaceId: floating.id,
      // Before the gateway is attached EC2 answers Gateway.NotAttached.
      ...dependsOn,
    });
    props.routeTableIds.forEach((routeTableId, index) => {
      new Route(this, `default-route-${index}`, {
        routeTableId,
        destinationCidrBlock: '0.0.0.0/0',
        networkInterfaceId: floating.id,
      });
    });

    this.groupName = `${name}-nat`;
    const role = new NatRole(this, 'role', props, floating.arn, this.groupName);
    const userData = renderUserData({
      environment: metricEnvironment,
      region: props.region,
      groupName: this.groupName,
      launchHook: LAUNCH_HOOK,
      probeUrls: probeUrls(props.region),
      privateCidrs: props.privateCidrs,
      interface: {
        id: '@ENI_ID@',
        mac: '@ENI_MAC@',
        address: '@ENI_ADDRESS@',
        prefix: '@ENI_PREFIX@',
        gateway: '@ENI_GATEWAY@',
      },
    });
    const tags = { ...props.tags, Name: `${name}-nat`, [NAT_TAG]: name };
    const template = new LaunchTemplate(this, 'template', {
      name: `${name}-nat`,
      // The id itself: a template that leaves it to EC2 (resolve:ssm) can be neither rolled back nor told apart by a plan.
      imageId: this.#imageId(instanceType, props.imageVersion ?? 'newest'),
      instanceType,
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
          ['@ENI_PREFIX@', Token.asString(Fn.element(Fn.split('/', subnet.cidr), 1))],
          // AWS keeps the network's first address for its router.
          ['@ENI_GATEWAY@', Fn.cidrhost(subnet.cidr, 1)],
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
      // In service is what forwards, as its own watchdog sees it; EC2 knows only that it runs.
      initialLifecycleHook: [
        {
          name: LAUNCH_HOOK,
          lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
          defaultResult: 'ABANDON',
          heartbeatTimeout: LAUNCH_S_MAX,
        },
      ],
      launchTemplate: { id: template.id, version: `${template.latestVersion}` },
      // The successor takes over while its predecessor still forwards.
      instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 200,
          instanceWarmup: '60',
          autoRollback: true,
        },
      },
      tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
      // Its first boot needs the internet.
      ...dependsOn,
    });
    this.publicAddress = address.publicIp;
  }

  #imageId(instanceType: string, version: 'newest' | number): string {
    const parameter = imageParameter(instanceType);
    const name = version === 'newest' ? parameter : `${parameter}:${version}`;
    return new DataAwsSsmParameter(this, 'image', { name }).insecureValue;
  }
}

/** A text as it is, for use inside Terraform's functions: neither its `${` and `%{` nor its backslashes mean anything. */
function literalText(text: string): string {
  return Fn.rawString(text.replaceAll('\\', '\\\\').replaceAll('%{', '%%{'));
}
