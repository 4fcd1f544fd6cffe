import { IamRole } from '@cdktn/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktn/provider-aws/lib/iam-role-policy/index.js';
import type { AwsNeed, FunctionName } from '@slipstream/shared';
import { Construct } from 'constructs';
import { needsStatements } from '../rights/needs-statements.ts';
import type { DataParts } from '../rights/resource-arns.ts';
import type { Place } from '../terraform/place.ts';
import { policyDocument, type Statement } from '../terraform/policy-document.ts';

export interface FunctionRoleOptions {
  readonly name: FunctionName;
  /** What its code calls. */
  readonly needs: readonly AwsNeed[];
  readonly data: DataParts;
  readonly keyArn: string;
  readonly logGroupArn: string;
  readonly inVpc: boolean;
  /** People and roles that may try its rights. */
  readonly operatorArns: readonly string[];
  /** What Lambda itself does for the function: polling a queue or a stream, mounting files. */
  readonly forLambda: readonly Statement[];
}

/** One role a function: what its code calls, what Lambda does in its name, its log, and the key behind all of it. */
export class FunctionRole extends Construct {
  readonly arn: string;
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, place: Place, options: FunctionRoleOptions) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name: `${place.name}-${options.name}`,
      description: `Function ${options.name}`,
      assumeRolePolicy: policyDocument(trustStatements(options.operatorArns)),
    });
    this.policy = new IamRolePolicy(this, 'policy', {
      name: 'needs',
      role: role.name,
      policy: policyDocument([
        ...needsStatements(options.needs, options.data, 'Code'),
        ...options.forLambda,
        {
          Sid: 'Log',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: `${options.logGroupArn}:*`,
        },
        {
          Sid: 'Key',
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: options.keyArn,
          Condition: {
            StringEquals: {
              'kms:ViaService': ['s3', 'sqs', 'dynamodb', 'secretsmanager'].map(
                (service) => `${service}.${place.region}.amazonaws.com`,
              ),
            },
          },
        },
        ...(options.inVpc ? interfaceStatements(place, options.name) : []),
      ]),
    });
    this.arn = role.arn;
  }
}

/** As `npm run verify` names its sessions: whoever assumes the role for anything else is refused. */
const VERIFY_SESSION = 'slipstream-verify';

function trustStatements(operatorArns: readonly string[]): Statement[] {
  const lambda: Statement = {
    Sid: 'Lambda',
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  if (operatorArns.length === 0) return [lambda];
  return [
    lambda,
    {
      Sid: 'Verify',
      Effect: 'Allow',
      Principal: { AWS: operatorArns },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:RoleSessionName': VERIFY_SESSION } },
    },
  ];
}

/**
 * Lambda makes the function's network interface with the function's role; EC2 knows no resource for most of it. The
 * function's own code is refused the same calls (Lambda developer guide, "VPC access", required permissions).
 */
function interfaceStatements(place: Place, name: FunctionName): Statement[] {
  const actions = [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ];
  return [
    { Sid: 'LambdaMakesTheInterface', Effect: 'Allow', Action: actions, Resource: '*' },
    {
      Sid: 'CodeDoesNot',
      Effect: 'Deny',
      Action: actions,
      Resource: '*',
      Condition: {
        ArnEquals: {
          'lambda:SourceFunctionArn': `arn:aws:lambda:${place.region}:${place.accountId}:function:${place.name}-${name}`,
        },
      },
    },
  ];
}
