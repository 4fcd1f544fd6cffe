import { PAGES } from './pages.ts';

export interface Myth {
  readonly id: string;
  readonly said: string;
  readonly holds: string;
  readonly page: string;
}

/** What is often said of functions in VPCs, and what holds. */
export const MYTHS: readonly Myth[] = [
  {
    id: 'clients-in-handler',
    said: 'SDK clients made at module level time out, because the network interface is not attached yet.',
    holds:
      'The interface is made when the function is created or its VPC settings change, not with a cold start, and making a client connects nowhere. What hangs there hangs in the handler as well: look for a missing way. Make clients on first use and keep them.',
    page: PAGES.lambdaVpc,
  },
  {
    id: 'endpoint-egress-rule',
    said: "An endpoint's security group needs an egress rule back to the functions.",
    holds:
      'Security groups are stateful: answers pass without a rule. What is needed is ingress 443 from the functions’ group, egress 443 of that group, and network ACLs both ways, which are stateless. The rule back is harmless.',
    page: PAGES.groups,
  },
  {
    id: 'nat-gateway-five',
    said: 'A NAT gateway opens about five connections at once, the rest hangs.',
    holds:
      'It holds 55,000 connections to one destination for each of its addresses. "The first N pass, the rest hangs" fits a NAT instance (connection table, CPU credits), bursts of new connections on a fresh interface, or clients without time-outs. doctor logs tells a pattern from chance.',
    page: PAGES.natGateways,
  },
  {
    id: 'trigger-needs-endpoint',
    said: 'A function needs the SQS endpoint for its trigger, and to delete what it processed.',
    holds:
      'The event source mapping polls and deletes from Lambda’s own network. The endpoint is for what the function’s own code sends.',
    page: PAGES.lambdaSqs,
  },
  {
    id: 'logs-need-endpoint',
    said: 'A function in a VPC needs the CloudWatch Logs endpoint.',
    holds:
      'Log lines leave through Lambda’s own network, not through the VPC’s routes. The endpoint ($7.30 a zone and month) is for code that calls the Logs API.',
    page: PAGES.lambdaVpc,
  },
  {
    id: 'public-subnet-internet',
    said: 'A function in a public subnet has the internet.',
    holds:
      'Its interface never gets a public address, so the internet gateway drops its packets. Private subnets with a NAT, or no VPC at all.',
    page: PAGES.lambdaInternet,
  },
  {
    id: 'in-flight-sixty-seconds',
    said: 'Messages that are stuck in flight come back after 60 s.',
    holds:
      'After the queue’s visibility time-out, which has to be six times the function’s time-out or more. Only the holder of the receipt handle can shorten it.',
    page: PAGES.queueVisibility,
  },
  {
    id: 'nat-instance-price',
    said: 'A NAT instance costs $3 a month.',
    holds:
      'A t4g.nano $3.07, its public IPv4 address $3.65 and its disk $0.64: about $7.4; with a floating interface, whose replacement needs an address of its own, about $11. A NAT gateway is $36.50 with its address, and $0.045 a GB. Endpoints are paid either way.',
    page: PAGES.natInstances,
  },
  {
    id: 'longer-timeout',
    said: 'Raise the function’s time-out when the network times out.',
    holds:
      'A packet that is dropped is dropped for 15 minutes as well. Give clients short connect and read time-outs, so that the log names the host, and fix the way.',
    page: PAGES.lambdaTimeout,
  },
  {
    id: 'hangs-where-it-logged',
    said: 'The code hangs at its last log line.',
    holds:
      'The last line before the silence says what was finished. What comes after it is what the function waits for; the stack trace of the time-out names it.',
    page: PAGES.lambdaNetworking,
  },
];
