/** What checkov flags and stays as it is, each with the reason. A finding without one fails the scan, and so does an excuse without a finding. */
export const CHECKOV_EXCUSES: Readonly<Record<string, string>> = {
  CKV2_AWS_11: 'Flow logs cost $0.50 a GB; the probe and the NAT watchdog say more about a path that does not work.',
  CKV2_AWS_19: 'The address belongs to the floating interface, which an instance takes: that is the point.',
  CKV2_AWS_32: "It has AWS's own SecurityHeadersPolicy, whose id the check does not know.",
  CKV2_AWS_42: 'The console has no name of its own yet; CloudFront has a certificate for its own.',
  CKV2_AWS_47: 'Nothing behind the console runs Java: it is files in a bucket.',
  CKV2_AWS_57:
    'Keys of other companies: they cannot be turned over from here. A new value is read within five minutes.',
  CKV2_AWS_62: 'Only raw/ starts anything; artifacts and the console are written by ourselves.',
  CKV_AWS_18: 'Every access is by a role of ours and by key; access logs would be a second store of who sent what.',
  CKV_AWS_50: 'Correlation ids go through every log line from the upload on; traces would cost again and show less.',
  CKV_AWS_68:
    'Files only, and no cost that an attacker could raise beyond the budget alarm; a web ACL is $5 a month and more.',
  CKV_AWS_86: 'Nobody reads who opened a page; the API, which holds the data, has an access log.',
  CKV_AWS_88:
    'Without an address of its own a NAT instance could not call AWS to take the floating interface; its group lets nobody in.',
  CKV_AWS_115:
    'Mappings are bounded by MaximumConcurrency; reserved concurrency would throttle what SQS then counts as receives.',
  CKV_AWS_116:
    'For asynchronous calls. There is one, the sweep, which comes again in five minutes; queues have dead letters, the stream an on-failure queue.',
  CKV_AWS_117: 'A function outside has the internet and no bill for it; those that need private subnets stand in them.',
  CKV_AWS_144:
    'One region: a copy of everything elsewhere doubles the cost; versions and RESTORE.md cover what people break.',
  CKV_AWS_173: "Names and addresses, no secret; AWS's own key encrypts them.",
  CKV_AWS_174: "CloudFront's own certificate decides it; it is chosen where the console gets a name.",
  CKV_AWS_272: 'Zips come from the deploy role alone, by hash; whoever has that role could sign as well.',
  CKV_AWS_273: "agent_access offers 'sso' and 'roles-anywhere'; 'user' is for a first look.",
  CKV_AWS_309: 'GET /health says that the API is there, and nothing else; every other route asks the authorizer.',
  CKV_AWS_310: 'One bucket; it has nothing to fail over to.',
  CKV_AWS_338: 'Two weeks of logs in dev, three months in prod: beyond that they help nobody and cost.',
  CKV_AWS_374: 'People photograph receipts while they travel.',
};

/** Excuses that are one resource's: the same finding of another fails. */
export const EXCUSED_ONLY: Readonly<Record<string, RegExp>> = {
  CKV2_AWS_19: /\.nat_/,
  CKV_AWS_88: /\.nat_/,
  CKV_AWS_273: /\.agent_/,
  CKV_AWS_309: /\.http-api_health_/,
};
