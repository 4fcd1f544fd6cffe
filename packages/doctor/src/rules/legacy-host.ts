import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const legacyHostRule = pathRule(
  {
    id: 'legacy-host',
    causes: [6],
    title: 'The SDK calls a host that the endpoint does not answer',
    explanation:
      "Private DNS of an interface endpoint covers the service's regional host only. Older SDKs and settings call legacy or global hosts (REGION.queue.amazonaws.com, sts.amazonaws.com, s3.amazonaws.com), which resolve to public addresses and hang without a NAT.",
    page: PAGES.sdkEndpoints,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} calls ${where}, a host that private DNS of ${facts.endpoint} does not cover.`,
    fix: {
      command: `aws lambda update-function-configuration --function-name ${functions[0]?.name} --environment 'Variables={AWS_STS_REGIONAL_ENDPOINTS=regional,…}'`,
      change: `Call the regional host: set AWS_STS_REGIONAL_ENDPOINTS=regional, or endpoint_url to https://${facts.service}.${facts.region}.amazonaws.com, or use a current SDK and runtime.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
