import type { Finding } from '../findings/finding.ts';
import { PAGES } from '../rules/pages.ts';

export interface InvokeFacts {
  readonly name: string;
  /** Lambda's `FunctionError`; null: it answered. */
  readonly error: string | null;
  readonly body: string;
  readonly seconds: number;
  /** That its log names. */
  readonly hosts: readonly string[];
}

/** What the empty batch showed: nothing where it was answered. */
export function invokeFindings({ name, error, body, seconds, hosts }: InvokeFacts): Finding[] {
  if (error === null) return [];
  const isTimeOut = /timed out/i.test(body);
  return [
    {
      id: 'invoke-failed',
      causes: isTimeOut ? [7, 29] : [],
      severity: 'error',
      certainty: 'measured',
      message: `${name} does not get through an empty batch: ${isTimeOut ? `it times out after ${seconds} s` : `${error} after ${seconds} s`}.`,
      resources: [name],
      functions: [name],
      destination: hosts.length > 0 ? hosts.join(', ') : null,
      evidence: [body, ...hosts.map((host) => `its log names ${host}`)],
      fix: {
        command: isTimeOut
          ? `slipstream doctor paths --function ${name}`
          : `aws logs tail /aws/lambda/${name} --since 10m`,
      },
      verify: `slipstream doctor --function ${name} --invoke ${name}`,
      monthly_usd: null,
      page: PAGES.lambdaNetworking,
      hides: [],
    },
  ];
}
