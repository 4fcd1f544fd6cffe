import { IamInstanceProfile } from '@cdktn/provider-aws/lib/iam-instance-profile/index.js';
import { IamRole } from '@cdktn/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktn/provider-aws/lib/iam-role-policy/index.js';
import { IamRolePolicyAttachment } from '@cdktn/provider-aws/lib/iam-role-policy-attachment/index.js';
import { Construct } from 'constructs';
import type { NatInstanceProps } from './nat-instance.ts';

export const NAT_METRIC_NAMESPACE = 'Slipstream/Nat';
/** The tag by which the role knows its own instances. */
export const NAT_TAG = 'slipstream:nat';

/** What the watchdog calls, on its own instance, interface and group; and Systems Manager instead of SSH. */
export class NatRole extends Construct {
  readonly instanceProfileArn: string;

  constructor(
    scope: Construct,
    id: string,
    place: Pick<NatInstanceProps, 'name' | 'region' | 'accountId'>,
    interfaceArn: string,
    groupName: string,
  ) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name: `${place.name}-nat`,
      description: 'NAT instance: its watchdog and Systems Manager',
      assumeRolePolicy: policyOf([
        { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ]),
    });
    new IamRolePolicyAttachment(this, 'systems-manager', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
    });
    const instances = `arn:aws:ec2:${place.region}:${place.accountId}:instance/*`;
    const group = `arn:aws:autoscaling:${place.region}:${place.accountId}:autoScalingGroup:*:autoScalingGroupName/${groupName}`;
    new IamRolePolicy(this, 'watchdog', {
      name: 'watchdog',
      role: role.name,
      policy: policyOf([
        // EC2 knows no resource for it.
        { Sid: 'LookAtInterfaces', Effect: 'Allow', Action: 'ec2:DescribeNetworkInterfaces', Resource: '*' },
        {
          Sid: 'MoveTheFloatingInterface',
          Effect: 'Allow',
          Action: ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface', 'ec2:ModifyNetworkInterfaceAttribute'],
          Resource: interfaceArn,
        },
        {
          Sid: 'BetweenItsOwnInstances',
          Effect: 'Allow',
          Action: ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface'],
          Resource: instances,
          Condition: { StringEquals: { [`ec2:ResourceTag/${NAT_TAG}`]: place.name } },
        },
        {
          Sid: 'SayHowItIs',
          Effect: 'Allow',
          Action: ['autoscaling:SetInstanceHealth', 'autoscaling:CompleteLifecycleAction'],
          Resource: group,
        },
        {
          Sid: 'ReportThePath',
          Effect: 'Allow',
          Action: 'cloudwatch:PutMetricData',
          Resource: '*',
          Condition: { StringEquals: { 'cloudwatch:namespace': NAT_METRIC_NAMESPACE } },
        },
      ]),
    });
    this.instanceProfileArn = new IamInstanceProfile(this, 'profile', {
      name: `${place.name}-nat`,
      role: role.name,
    }).arn;
  }
}

function policyOf(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
