import { aclBlocksRule } from './acl-blocks.ts';
import { blackholeRouteRule } from './blackhole-route.ts';
import { clearTextToTlsRule } from './clear-text-to-tls.ts';
import { customDnsServerRule } from './custom-dns-server.ts';
import { databaseGroupClosedRule } from './database-group-closed.ts';
import { deltasDieEarlyRule } from './deltas-die-early.ts';
import { detachFunctionRule } from './detach-function.ts';
import { distantDnsServerRule } from './distant-dns-server.ts';
import { dnsShadowedRule } from './dns-shadowed.ts';
import { egressWithoutDnsRule } from './egress-without-dns.ts';
import { endpointGroupClosedRule } from './endpoint-group-closed.ts';
import { endpointGroupOpenRule } from './endpoint-group-open.ts';
import { endpointNotAvailableRule } from './endpoint-not-available.ts';
import { endpointPolicyDeniesRule } from './endpoint-policy-denies.ts';
import { endpointZoneRule } from './endpoint-zone.ts';
import { explicitEndpointUrlRule } from './explicit-endpoint-url.ts';
import { filesPortClosedRule } from './files-port-closed.ts';
import { filesShortLimitRule } from './files-short-limit.ts';
import { firewallInPathRule } from './firewall-in-path.ts';
import { functionEgressClosedRule } from './function-egress-closed.ts';
import { functionStateRule } from './function-state.ts';
import { gatewayDetachedRule } from './gateway-detached.ts';
import { gatewayEndpointMissingRule } from './gateway-endpoint-missing.ts';
import { gatewayEndpointSavesRule } from './gateway-endpoint-saves.ts';
import { initReadsNetworkRule } from './init-reads-network.ts';
import { interfaceEndpointMissingRule } from './interface-endpoint-missing.ts';
import { interfaceQuotaRule } from './interface-quota.ts';
import { interfaceRoleRule } from './interface-role.ts';
import { ipv6WithoutWayRule } from './ipv6-without-way.ts';
import { legacyHostRule } from './legacy-host.ts';
import { mappingOffRule } from './mapping-off.ts';
import { messagesInFlightRule } from './messages-in-flight.ts';
import { messagesWaitingRule } from './messages-waiting.ts';
import { natGroupClosedRule } from './nat-group-closed.ts';
import { natGuestRule } from './nat-guest.ts';
import { natImagePolicyRule } from './nat-image-policy.ts';
import { natSaturatedRule } from './nat-saturated.ts';
import { natSourceDestCheckRule } from './nat-source-dest-check.ts';
import { natWithoutInternetRule } from './nat-without-internet.ts';
import { noDeadLettersRule } from './no-dead-letters.ts';
import { noDefaultRouteRule } from './no-default-route.ts';
import { noMountTargetRule } from './no-mount-target.ts';
import { noPrivateLinkRule } from './no-private-link.ts';
import { oneZoneRule } from './one-zone.ts';
import { otherRegionRule } from './other-region.ts';
import { outsideVpcRule } from './outside-vpc.ts';
import { privateApiTakesOverRule } from './private-api-takes-over.ts';
import { privateDnsOffRule } from './private-dns-off.ts';
import { privateDnsUnusedRule } from './private-dns-unused.ts';
import { publicSubnetRule } from './public-subnet.ts';
import { returnRouteRule } from './return-route.ts';
import { roleLacksActionRule } from './role-lacks-action.ts';
import type { Rule } from './rule.ts';
import { shortTimeoutRule } from './short-timeout.ts';
import { smallMemoryRule } from './small-memory.ts';
import { sourceEndpointPolicyRule } from './source-endpoint-policy.ts';
import { subnetFullRule } from './subnet-full.ts';
import { unusedEndpointRule } from './unused-endpoint.ts';
import { visibilityTooShortRule } from './visibility-too-short.ts';
import { vpcDnsOffRule } from './vpc-dns-off.ts';

/** Every rule. What each one means: `slipstream doctor explain ID`. */
export const RULES: readonly Rule[] = [
  noDefaultRouteRule,
  publicSubnetRule,
  gatewayEndpointMissingRule,
  interfaceEndpointMissingRule,
  databaseGroupClosedRule,
  legacyHostRule,
  outsideVpcRule,
  blackholeRouteRule,
  natWithoutInternetRule,
  natSourceDestCheckRule,
  natGuestRule,
  natGroupClosedRule,
  functionEgressClosedRule,
  egressWithoutDnsRule,
  distantDnsServerRule,
  customDnsServerRule,
  vpcDnsOffRule,
  privateDnsOffRule,
  endpointGroupClosedRule,
  aclBlocksRule,
  privateApiTakesOverRule,
  otherRegionRule,
  noPrivateLinkRule,
  returnRouteRule,
  noMountTargetRule,
  filesPortClosedRule,
  gatewayDetachedRule,
  endpointPolicyDeniesRule,
  ipv6WithoutWayRule,
  dnsShadowedRule,
  endpointNotAvailableRule,
  endpointZoneRule,
  firewallInPathRule,
  shortTimeoutRule,
  subnetFullRule,
  functionStateRule,
  interfaceQuotaRule,
  interfaceRoleRule,
  initReadsNetworkRule,
  smallMemoryRule,
  sourceEndpointPolicyRule,
  explicitEndpointUrlRule,
  natSaturatedRule,
  clearTextToTlsRule,
  privateDnsUnusedRule,
  gatewayEndpointSavesRule,
  visibilityTooShortRule,
  noDeadLettersRule,
  deltasDieEarlyRule,
  mappingOffRule,
  messagesInFlightRule,
  messagesWaitingRule,
  roleLacksActionRule,
  oneZoneRule,
  endpointGroupOpenRule,
  filesShortLimitRule,
  detachFunctionRule,
  unusedEndpointRule,
  natImagePolicyRule,
];
