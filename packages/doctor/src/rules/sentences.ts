import { HOURS_A_MONTH, natGatewayHourly, pricesOf } from '@slipstream/shared';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';

/** The command that examines the same things again. */
export function verifyCommand(snapshot: Snapshot, functions: readonly Pick<LambdaFunction, 'name'>[] = []): string {
  if (snapshot.source.kind !== 'aws') return `slipstream doctor --synth ${snapshot.source.name}`;
  const [first] = functions;
  return first ? `slipstream doctor --function ${first.name}` : 'slipstream doctor';
}

/** Where no configuration shows it: a call of the function itself, whose answer and log line do. */
export function verifyFromInside(functions: readonly Pick<LambdaFunction, 'name'>[]): string {
  const name = functions[0]?.name ?? 'NAME';
  return `aws lambda invoke --function-name ${name} --log-type Tail --query LogResult --output text /dev/stdout | base64 --decode`;
}

/** The NAT that a VPC has already, as an option of `aws ec2 create-route`. */
export function natTarget(snapshot: Snapshot, vpcId: string): string {
  const isHere = (id: string | null) => snapshot.subnets.some((subnet) => subnet.id === id && subnet.vpc_id === vpcId);
  const gateway = snapshot.nat_gateways.find(({ subnet_id, state }) => isHere(subnet_id) && state === 'available');
  if (gateway) return `--nat-gateway-id ${gateway.id}`;
  const face = snapshot.network_interfaces.find(
    ({ subnet_id, source_dest_check }) => source_dest_check === false && isHere(subnet_id),
  );
  return face ? `--network-interface-id ${face.id}` : '--nat-gateway-id NAT';
}

/** An interface endpoint by zone and month; null: no prices of the region are known. */
export function endpointMonth(snapshot: Snapshot, zones: number): number | null {
  const prices = snapshot.region === null ? null : pricesOf(snapshot.region);
  return prices === null ? null : cents(prices.interface_endpoint_hour * HOURS_A_MONTH * Math.max(1, zones));
}

export function natMonth(snapshot: Snapshot): number | null {
  const prices = snapshot.region === null ? null : pricesOf(snapshot.region);
  return prices === null ? null : cents(natGatewayHourly(prices) * HOURS_A_MONTH);
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
