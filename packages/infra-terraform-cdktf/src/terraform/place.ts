import { DataAwsCallerIdentity } from '@cdktn/provider-aws/lib/data-aws-caller-identity/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import { stackName } from '../environments/index.ts';

/** The tag by which a stack's costs are told apart. */
export const STACK_TAG = 'slipstream-stack';

/** Where the stack stands, for names and ARNs that no resource's attribute gives. */
export interface Place {
  /** slipstream-dev: the beginning of every name. */
  readonly name: string;
  readonly region: string;
  /** Resolved by Terraform. */
  readonly accountId: string;
}

export function placeOf(scope: Construct, environment: Environment): Place {
  const caller = new DataAwsCallerIdentity(scope, 'caller');
  return { name: stackName(environment), region: environment.region, accountId: caller.accountId };
}
