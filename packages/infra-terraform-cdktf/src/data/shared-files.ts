import { EfsAccessPoint } from '@cdktn/provider-aws/lib/efs-access-point/index.js';
import { EfsBackupPolicy } from '@cdktn/provider-aws/lib/efs-backup-policy/index.js';
import { EfsFileSystem } from '@cdktn/provider-aws/lib/efs-file-system/index.js';
import { EfsFileSystemPolicy } from '@cdktn/provider-aws/lib/efs-file-system-policy/index.js';
import { EfsMountTarget } from '@cdktn/provider-aws/lib/efs-mount-target/index.js';
import { SecurityGroup } from '@cdktn/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktn/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktn/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Construct } from 'constructs';
import type { Network } from '../network/network.ts';
import type { Place } from '../terraform/place.ts';
import { policyDocument } from '../terraform/policy-document.ts';

export const MOUNT_PATH = '/mnt/chroma';
const NFS_PORT = 2049;
/** The user that Lambda's files belong to. */
const POSIX_USER = { uid: 1000, gid: 1000 };

/** EFS for the merchant index, where the S3 home is not wanted. One mount target a zone: a function mounts its own zone's. */
export class SharedFiles extends Construct {
  readonly fileSystemArn: string;
  readonly accessPointArn: string;
  readonly mountTargets: readonly EfsMountTarget[];

  constructor(scope: Construct, id: string, place: Place, network: Network, functionsGroupId: string, keyArn: string) {
    super(scope, id);
    const files = new EfsFileSystem(this, 'files', {
      encrypted: true,
      kmsKeyId: keyArn,
      performanceMode: 'generalPurpose',
      // Paid by what is read and written: bursting credits of a small file system are soon used up.
      throughputMode: 'elastic',
      lifecyclePolicy: [{ transitionToIa: 'AFTER_30_DAYS' }],
      tags: { Name: `${place.name}-index` },
    });
    new EfsBackupPolicy(this, 'backups', { fileSystemId: files.id, backupPolicy: { status: 'DISABLED' } });
    const accessPoint = new EfsAccessPoint(this, 'access-point', {
      fileSystemId: files.id,
      posixUser: POSIX_USER,
      rootDirectory: { path: '/chroma', creationInfo: { ownerUid: 1000, ownerGid: 1000, permissions: '750' } },
    });
    const group = new SecurityGroup(this, 'group', {
      name: `${place.name}-files`,
      description: 'EFS mount targets',
      vpcId: network.vpcId,
      tags: { Name: `${place.name}-files` },
    });
    new VpcSecurityGroupIngressRule(this, 'from-functions', {
      securityGroupId: group.id,
      description: 'NFS from the functions',
      referencedSecurityGroupId: functionsGroupId,
      ipProtocol: 'tcp',
      fromPort: NFS_PORT,
      toPort: NFS_PORT,
    });
    new VpcSecurityGroupEgressRule(this, 'functions-to-files', {
      securityGroupId: functionsGroupId,
      description: 'NFS to the mount targets',
      referencedSecurityGroupId: group.id,
      ipProtocol: 'tcp',
      fromPort: NFS_PORT,
      toPort: NFS_PORT,
    });
    this.mountTargets = network.privateSubnetIds.map(
      (subnetId, index) =>
        new EfsMountTarget(this, `mount-${index}`, { fileSystemId: files.id, subnetId, securityGroups: [group.id] }),
    );
    new EfsFileSystemPolicy(this, 'policy', {
      fileSystemId: files.id,
      policy: policyDocument([
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: '*',
          Resource: files.arn,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Sid: 'ThroughTheAccessPoint',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${place.accountId}:root` },
          Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
          Resource: files.arn,
          Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.arn } },
        },
      ]),
    });
    this.fileSystemArn = files.arn;
    this.accessPointArn = accessPoint.arn;
  }
}
