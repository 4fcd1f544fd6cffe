import { CloudwatchLogGroup } from '@cdktn/provider-aws/lib/cloudwatch-log-group/index.js';
import { LambdaAlias } from '@cdktn/provider-aws/lib/lambda-alias/index.js';
import { LambdaFunction, type LambdaFunctionConfig } from '@cdktn/provider-aws/lib/lambda-function/index.js';
import { LambdaProvisionedConcurrencyConfig } from '@cdktn/provider-aws/lib/lambda-provisioned-concurrency-config/index.js';
import { S3Object } from '@cdktn/provider-aws/lib/s3-object/index.js';
import type { FunctionName } from '@slipstream/shared';
import { AssetType, TerraformAsset } from 'cdktn';
import { Construct } from 'constructs';
import type { Bundle } from '../bundles/bundle.ts';
import type { Bucket } from '../data/bucket.ts';
import { MOUNT_PATH, type SharedFiles } from '../data/shared-files.ts';
import type { Environment, FunctionSize } from '../environments/environment.ts';
import { isVectorFunction } from '../environments/vector-functions.ts';
import { runsInVpc } from '../environments/vpc-functions.ts';
import type { Network } from '../network/network.ts';
import type { DataParts } from '../rights/resource-arns.ts';
import type { Place } from '../terraform/place.ts';
import type { Statement } from '../terraform/policy-document.ts';
import { FunctionRole } from './function-role.ts';

export interface FunctionSurroundings {
  readonly place: Place;
  readonly environment: Environment;
  readonly data: DataParts;
  readonly keyArn: string;
  readonly network: Network;
  readonly functionsGroupId: string;
  readonly files: SharedFiles | null;
  readonly variables: Readonly<Record<string, string>>;
}

/** A function, its log and its role; and the alias `live`, the only thing that anything calls. */
export class SlipstreamFunction extends Construct {
  readonly name: string;
  readonly size: FunctionSize;
  readonly aliasArn: string;
  readonly aliasName: string;
  readonly aliasInvokeArn: string;
  readonly logGroupName: string;
  readonly roleArn: string;

  constructor(
    scope: Construct,
    name: FunctionName,
    around: FunctionSurroundings,
    bundle: Bundle,
    forLambda: readonly Statement[],
  ) {
    super(scope, name);
    const { place, environment, files } = around;
    this.name = `${place.name}-${name}`;
    this.size = environment.functions.sizes[name];
    const mounted = isVectorFunction(name) ? files : null;
    const inVpc = runsInVpc(environment, name);

    const log = new CloudwatchLogGroup(this, 'log', {
      name: `/aws/lambda/${this.name}`,
      retentionInDays: environment.retention.log_days,
      kmsKeyId: around.keyArn,
    });
    const role = new FunctionRole(this, 'role', place, {
      name,
      needs: bundle.needs.aws,
      data: around.data,
      keyArn: around.keyArn,
      logGroupArn: log.arn,
      inVpc,
      operatorArns: environment.verify.operator_arns,
      forLambda: [...forLambda, ...(mounted ? [mountStatement(mounted)] : [])],
    });
    const fn = new LambdaFunction(this, 'function', {
      functionName: this.name,
      description: `Slipstream ${environment.name}: ${name}`,
      role: role.arn,
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      ...codeOf(this, name, bundle, around.data.buckets.artifacts),
      sourceCodeHash: bundle.sha256,
      publish: true,
      timeout: this.size.timeout_s,
      memorySize: this.size.memory_mb,
      ephemeralStorage: { size: this.size.ephemeral_mb },
      ...(this.size.concurrency_reserved === null
        ? {}
        : { reservedConcurrentExecutions: this.size.concurrency_reserved }),
      environment: { variables: { ...around.variables } },
      loggingConfig: { logFormat: 'Text', logGroup: log.name },
      ...(inVpc
        ? {
            vpcConfig: { subnetIds: [...around.network.privateSubnetIds], securityGroupIds: [around.functionsGroupId] },
          }
        : {}),
      ...(mounted ? { fileSystemConfig: { arn: mounted.accessPointArn, localMountPath: MOUNT_PATH } } : {}),
      // Lambda tries the role when it makes the function; a mount target is not named by the access point.
      dependsOn: [role.policy, ...(mounted ? mounted.mountTargets : [])],
    });
    const alias = new LambdaAlias(this, 'live', {
      name: 'live',
      description: 'What is called. `npm run release` moves it.',
      functionName: fn.functionName,
      functionVersion: fn.version,
      // A deploy publishes; only a release shifts the traffic.
      lifecycle: { ignoreChanges: ['function_version', 'routing_config'] },
    });
    if (this.size.concurrency_provisioned !== null) {
      new LambdaProvisionedConcurrencyConfig(this, 'warm', {
        functionName: fn.functionName,
        qualifier: alias.name,
        provisionedConcurrentExecutions: this.size.concurrency_provisioned,
      });
    }
    this.aliasArn = alias.arn;
    this.aliasName = alias.name;
    this.aliasInvokeArn = alias.invokeArn;
    this.logGroupName = log.name;
    this.roleArn = role.arn;
  }
}

function codeOf(
  scope: Construct,
  name: FunctionName,
  bundle: Bundle,
  bucket: Bucket,
): Pick<LambdaFunctionConfig, 'filename' | 's3Bucket' | 's3Key'> {
  const asset = new TerraformAsset(scope, 'zip', { path: bundle.path, type: AssetType.FILE });
  // Vector functions always: whether 66 MB or, before the index is there, less.
  if (!isVectorFunction(name)) return { filename: asset.path };
  const object = new S3Object(scope, 'zip-object', {
    bucket: bucket.name,
    key: `bundles/${name}/${asset.assetHash}.zip`,
    source: asset.path,
    sourceHash: bundle.sha256,
    dependsOn: [bucket.encryption],
  });
  return { s3Bucket: object.bucket, s3Key: object.key };
}

function mountStatement(files: SharedFiles): Statement {
  return {
    Sid: 'Mount',
    Effect: 'Allow',
    Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
    Resource: files.fileSystemArn,
    Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': files.accessPointArn } },
  };
}
