import { z } from 'zod';
import type { Finding } from '../findings/finding.ts';
import { PAGES } from '../rules/pages.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Of the answer of connectivity-probe, what is read. */
export const probeAnswerSchema = z.array(
  z.looseObject({
    target: z.string(),
    ok: z.boolean(),
    private: z.boolean().default(false),
    public_ip: z.string().optional(),
    error: z.string().nullable().default(null),
    meaning: z.string().default(''),
    burst: z
      .looseObject({ asked: z.number(), ok: z.number(), failed: z.record(z.string(), z.number()).default({}) })
      .optional(),
  }),
);
export type ProbeAnswer = z.infer<typeof probeAnswerSchema>;

/** Places that are called only while a key for them is set. */
const OPTIONAL = new Set(['openai', 'places']);

/** What calls from inside the network measured, as findings. */
export function probeFindings(answer: ProbeAnswer, probe: string, snapshot: Snapshot, verify: string): Finding[] {
  const make = (
    id: string,
    causes: number[],
    parts: Pick<Finding, 'message' | 'evidence' | 'fix' | 'page'> & Partial<Finding>,
  ): Finding => ({
    id,
    causes,
    severity: 'error',
    certainty: 'measured',
    resources: [probe],
    functions: [probe],
    destination: null,
    verify,
    monthly_usd: null,
    hides: [],
    ...parts,
  });
  return answer.flatMap((each) => {
    const found: Finding[] = [];
    const severity = OPTIONAL.has(each.target) ? 'warning' : 'error';
    const { burst } = each;
    if (burst && burst.ok > 0 && burst.ok < burst.asked)
      found.push(
        make('probe-burst', [42, 36], {
          severity,
          message: `${burst.ok} of ${burst.asked} connections to ${each.target} at once came about: something on the way is full, or one of several ways is broken.`,
          evidence: Object.entries(burst.failed).map(([stage, count]) => `${count} ended at ${stage}`),
          fix: { change: "Look at the NAT's connection table and CPU credits, and at the routes of each subnet." },
          page: PAGES.natTroubles,
        }),
      );
    else if (!each.ok)
      found.push(
        make('probe-unreached', causesOf(each), {
          severity,
          message: `From inside the network ${each.target} is not reached: ${each.meaning}`,
          evidence: [`connectivity-probe: ${each.error ?? 'no good answer'}`],
          fix: { change: each.meaning },
          page: PAGES.lambdaNetworking,
        }),
      );
    found.push(...addressFinding(each, snapshot, make));
    return found;
  });
}

function causesOf({ error, meaning, private: isPrivate }: ProbeAnswer[number]): number[] {
  const stage = /^(\w+):/.exec(error ?? '')?.[1];
  if (/endpoint.{0,20}policy|policy of a VPC endpoint/i.test(meaning)) return [34];
  if (/Another service answered/i.test(meaning)) return [22];
  switch (stage) {
    case 'dns':
      return [18, 19, 38];
    case 'tcp':
      return isPrivate ? [20, 16, 21] : [1, 13, 14, 16];
    case 'tls':
      return [13, 42, 21];
    case 'http':
      return [15];
    default:
      return [];
  }
}

/** An allow list has to name the address that the world sees, which the NAT's should be. */
function addressFinding(
  { target, public_ip }: ProbeAnswer[number],
  snapshot: Snapshot,
  make: (
    id: string,
    causes: number[],
    parts: Pick<Finding, 'message' | 'evidence' | 'fix' | 'page'> & Partial<Finding>,
  ) => Finding,
): Finding[] {
  const known = publicAddressesOf(snapshot);
  if (public_ip === undefined || known.length === 0 || known.includes(public_ip)) return [];
  return [
    make('probe-address', [25], {
      severity: 'warning',
      message: `The world sees ${public_ip}, and the NAT has ${known.join(', ')}: a host that allows only the NAT's address refuses these calls.`,
      evidence: [`${target} answered ${public_ip}`],
      fix: { change: `Name ${public_ip} in the allow list, or route through the NAT that is meant.` },
      page: PAGES.natGateways,
    }),
  ];
}

/** Addresses of the NATs. */
function publicAddressesOf(snapshot: Snapshot): string[] {
  return [
    ...snapshot.nat_gateways.flatMap(({ public_addresses }) => public_addresses),
    ...snapshot.network_interfaces.flatMap(({ source_dest_check, public_address }) =>
      source_dest_check === false && public_address !== null ? [public_address] : [],
    ),
    ...snapshot.instances.flatMap(({ source_dest_check, public_address }) =>
      source_dest_check === false && public_address !== null ? [public_address] : [],
    ),
  ];
}
