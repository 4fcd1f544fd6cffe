import { IamGroup } from '@cdktn/provider-aws/lib/iam-group/index.js';
import { IamGroupPolicyAttachment } from '@cdktn/provider-aws/lib/iam-group-policy-attachment/index.js';
import { IamPolicy } from '@cdktn/provider-aws/lib/iam-policy/index.js';
import { IamRole } from '@cdktn/provider-aws/lib/iam-role/index.js';
import { IamRolePolicyAttachment } from '@cdktn/provider-aws/lib/iam-role-policy-attachment/index.js';
import { IamUser } from '@cdktn/provider-aws/lib/iam-user/index.js';
import { IamUserGroupMembership } from '@cdktn/provider-aws/lib/iam-user-group-membership/index.js';
import { RolesanywhereProfile } from '@cdktn/provider-aws/lib/rolesanywhere-profile/index.js';
import { RolesanywhereTrustAnchor } from '@cdktn/provider-aws/lib/rolesanywhere-trust-anchor/index.js';
import { SsoadminAccountAssignment } from '@cdktn/provider-aws/lib/ssoadmin-account-assignment/index.js';
import { SsoadminCustomerManagedPolicyAttachment } from '@cdktn/provider-aws/lib/ssoadmin-customer-managed-policy-attachment/index.js';
import { SsoadminPermissionSet } from '@cdktn/provider-aws/lib/ssoadmin-permission-set/index.js';
import type { FunctionNeeds } from '@slipstream/shared';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import type { DataParts } from '../rights/resource-arns.ts';
import type { Place } from '../terraform/place.ts';
import { policyDocument } from '../terraform/policy-document.ts';
import { agentStatements } from './agent-statements.ts';

type Access = Environment['agent_access'];

/** What the Mac may do, and how it comes to be allowed to. No long-lived key is made here: it would stand in the state. */
export class AgentAccess extends Construct {
  /** What the agent's machine has to know besides the queues and buckets. */
  readonly outputs: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    place: Place,
    access: Access,
    needs: FunctionNeeds,
    data: DataParts,
    keyArn: string,
  ) {
    super(scope, id);
    const policy = new IamPolicy(this, 'policy', {
      name: `${place.name}-agent`,
      description: 'The OCR agent: its queue, the photographs, its documents and records',
      policy: policyDocument(agentStatements(place, needs.aws, data, keyArn)),
    });
    switch (access.kind) {
      case 'roles-anywhere':
        this.outputs = this.#rolesAnywhere(place, access.ca_certificate_pem, policy.arn);
        break;
      case 'sso':
        this.outputs = this.#sso(place, access, policy);
        break;
      case 'none':
        this.outputs = { agent_policy_arn: policy.arn };
        break;
      case 'user':
        this.outputs = this.#user(place, policy.arn);
        break;
    }
  }

  /** The Mac shows a certificate of our own authority and gets credentials of an hour. */
  #rolesAnywhere(place: Place, caCertificate: string, policyArn: string): Record<string, string> {
    const anchor = new RolesanywhereTrustAnchor(this, 'anchor', {
      name: `${place.name}-agent`,
      enabled: true,
      source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: caCertificate } },
    });
    const role = new IamRole(this, 'role', {
      name: `${place.name}-agent`,
      description: 'The OCR agent, known by its certificate',
      assumeRolePolicy: policyDocument([
        {
          Effect: 'Allow',
          Principal: { Service: 'rolesanywhere.amazonaws.com' },
          Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
          Condition: {
            ArnEquals: { 'aws:SourceArn': anchor.arn },
            StringEquals: { 'aws:PrincipalTag/x509Subject/CN': `${place.name}-agent` },
          },
        },
      ]),
    });
    new IamRolePolicyAttachment(this, 'role-policy', { role: role.name, policyArn });
    const profile = new RolesanywhereProfile(this, 'profile', {
      name: `${place.name}-agent`,
      enabled: true,
      roleArns: [role.arn],
      durationSeconds: 3600,
    });
    return { agent_role_arn: role.arn, agent_trust_anchor_arn: anchor.arn, agent_profile_arn: profile.arn };
  }

  /** People of a group sign in with `aws sso login` and run the agent as themselves. */
  #sso(place: Place, access: Extract<Access, { kind: 'sso' }>, policy: IamPolicy): Record<string, string> {
    const set = new SsoadminPermissionSet(this, 'permission-set', {
      name: `${place.name}-agent`,
      description: 'Runs the OCR agent',
      instanceArn: access.instance_arn,
      sessionDuration: 'PT12H',
    });
    const attached = new SsoadminCustomerManagedPolicyAttachment(this, 'permission-set-policy', {
      instanceArn: access.instance_arn,
      permissionSetArn: set.arn,
      customerManagedPolicyReference: { name: policy.name, path: '/' },
    });
    new SsoadminAccountAssignment(this, 'assignment', {
      instanceArn: access.instance_arn,
      permissionSetArn: set.arn,
      principalId: access.group_id,
      principalType: 'GROUP',
      targetId: place.accountId,
      targetType: 'AWS_ACCOUNT',
      dependsOn: [attached],
    });
    return { agent_permission_set: set.name };
  }

  /** The simplest, and the least safe: `aws iam create-access-key` gives a key that has to be kept and turned over by hand. */
  #user(place: Place, policyArn: string): Record<string, string> {
    const user = new IamUser(this, 'user', { name: `${place.name}-agent` });
    const group = new IamGroup(this, 'group', { name: `${place.name}-agents` });
    new IamGroupPolicyAttachment(this, 'group-policy', { group: group.name, policyArn });
    new IamUserGroupMembership(this, 'membership', { user: user.name, groups: [group.name] });
    return { agent_user: user.name };
  }
}
