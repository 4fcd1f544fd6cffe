export { guestHosts } from './guest-hosts.ts';
export { architectureOf, imageParameter } from './nat-image.ts';
export { NatInstance, type NatInstanceProps } from './nat-instance.ts';
export { NAT_METRIC_NAMESPACE } from './nat-role.ts';
