/**
 * What the emulator (moto, and what stands before it) cannot do. Each is left out or replaced by name, with the reason;
 * nothing else may be. `login`, `verify` and the releases are never among them.
 */
export interface Cannot {
  readonly what: string;
  readonly reason: string;
  readonly instead: string;
}

/** Resource types that are not made: an override file gives each a count of 0. No other resource refers to one of them. */
export const NOT_MADE: Readonly<Record<string, string>> = {
  aws_sqs_queue_redrive_allow_policy:
    'moto never shows the policy that was set, so that the provider waits for it for ever',
  aws_budgets_budget: 'moto keeps no tags of a budget: the provider waits for its answer',
  aws_s3_bucket_policy: 'moto enforces the refusal of everything without TLS, and speaks plain HTTP itself',
};

export const CANNOT: readonly Cannot[] = [
  ...Object.entries(NOT_MADE).map(([type, reason]) => ({ what: type, reason, instead: 'not made' })),
  {
    what: "the runtime nodejs24.x, and the provider's pinned version",
    reason: 'a mirror may hold an older provider only, which does not know the name',
    instead: "nodejs22.x in the stack, where the mirror's provider is older; the code runs on Node 24 all the same",
  },
  {
    what: 'running functions, their event source mappings, and the HTTP API',
    reason: 'moto runs functions in Docker only, and has no data plane for HTTP APIs',
    instead:
      "the project's own function runtime: deployed zips, alias weights, variables, routes and JWT authorizer as deployed",
  },
  {
    what: "Cognito's page, its token endpoint and its mails",
    reason: 'moto has the API of a user pool, and nothing that a browser could open',
    instead: "oidc-provider with the pool's people, client and redirects as deployed, compared exactly",
  },
  {
    what: 'changes of an Auto Scaling group',
    reason: 'moto keeps no maintenance policy and ends no instance refresh: each plan would change it again, and wait',
    instead: "made as it is, then left; a plan shows the launch template's change alone",
  },
  {
    what: 'changes of a rule that lets one security group into another',
    reason:
      'moto shows such a rule with ports of its own making, and refuses it when a second deploy would correct them',
    instead: 'made as it is, then left',
  },
  {
    what: "a function's logging settings, and the spelling of a queue's redrive policy",
    reason:
      'moto forgets the one and rewrites the other, so that each plan would set them again: a new version of every function, and a minute of waiting',
    instead: 'set with the first deploy, then left',
  },
  {
    what: "Lambda's account limits, EC2's quota of addresses, tags for billing",
    reason: 'moto has none of them',
    instead: 'limits as AWS gives them to an account that has been in use; the tag of the stack is accepted',
  },
  {
    what: "deleting a user pool's resource server alone",
    reason: 'moto has no such call, and the provider asks again for ever',
    instead: 'it goes with its pool',
  },
  {
    what: "forgetting a terminated instance's interface, and endpoints that were deleted",
    reason: 'moto lists both for ever',
    instead: 'left out of what an account may list after the destroy',
  },
  {
    what: 'EventBridge schedules',
    reason: 'moto keeps rules and starts nothing by them',
    instead: 'no sweep: nothing on this way is lost that one would have to find',
  },
  {
    what: 'a NAT instance that forwards, the VPC, IAM',
    reason: 'no packet and no right passes through moto',
    instead: 'npm run test:nat (network namespaces) and npm run test:aws (roles by needs.json)',
  },
  {
    what: 'the internet: checkip, the model, Google Places',
    reason: 'the walk stays on the loopback',
    instead: "verify's --targets names the AWS services",
  },
];
