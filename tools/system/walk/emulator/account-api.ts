interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** As AWS gives them to an account that has been in use. */
const CONCURRENCY = 1_000;
const QUOTAS: Readonly<Record<string, number>> = { 'L-0263D0A3': 5 };

export const ACCOUNT_SETTINGS_PATH = /^\/2016-08-19\/account-settings\/?$/;

/** What moto knows nothing of: the account's limits, its tags for billing, a pool's resource server going; null: moto's to answer. */
export function answerOfAccount(path: string, target: string, body: Record<string, unknown>): Answer | null {
  if (ACCOUNT_SETTINGS_PATH.test(path)) {
    const limits = { ConcurrentExecutions: CONCURRENCY, UnreservedConcurrentExecutions: CONCURRENCY };
    return { status: 200, body: { AccountLimit: { ...limits, TotalCodeSize: 80_530_636_800 }, AccountUsage: {} } };
  }
  if (target === 'ServiceQuotasV20190624.GetServiceQuota') {
    const { ServiceCode, QuotaCode } = body;
    const Value = QUOTAS[String(QuotaCode)];
    return Value === undefined ? null : { status: 200, body: { Quota: { ServiceCode, QuotaCode, Value } } };
  }
  if (target === 'AWSInsightsIndexService.UpdateCostAllocationTagsStatus') {
    const asked = Array.isArray(body.CostAllocationTagsStatus) ? body.CostAllocationTagsStatus : [];
    const Errors = asked.flatMap(({ TagKey, Status }) =>
      TagKey === 'slipstream-stack' && Status === 'Active'
        ? []
        : [{ TagKey, Code: 'TagKeysNotFoundException', Message: 'Tag keys not found' }],
    );
    return { status: 200, body: { Errors } };
  }
  // The pool goes with the next call, and its resource servers with it.
  if (target === 'AWSCognitoIdentityProviderService.DeleteResourceServer') return { status: 200, body: {} };
  return null;
}
