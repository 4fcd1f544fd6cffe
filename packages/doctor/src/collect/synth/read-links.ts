import type { Snapshot } from '../../snapshot/snapshot.ts';
import { text } from './computed-attribute.ts';
import type { Resource } from './resource.ts';
import type { StackReader } from './stack-reader.ts';

const VPC = ['aws_vpc', 'aws_default_vpc'] as const;
const SUBNET = ['aws_subnet', 'aws_default_subnet'] as const;
const TABLE = 'aws_ec2_transit_gateway_route_table';
const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';

/** What joins VPCs: peerings and transit gateways. */
export function readLinks(reader: StackReader, snapshot: Snapshot): void {
  readPeerings(reader, snapshot);
  readTransitGateways(reader, snapshot);
}

function readPeerings(reader: StackReader, snapshot: Snapshot): void {
  const accepted = new Set(
    reader
      .all('aws_vpc_peering_connection_accepter')
      .filter((each) => reader.flag(each, 'auto_accept', false) !== false)
      .map((each) => reader.id(each.attribute('vpc_peering_connection_id'), 'aws_vpc_peering_connection')),
  );
  for (const peering of reader.all('aws_vpc_peering_connection')) {
    const isAccepted = reader.flag(peering, 'auto_accept', false) !== false || accepted.has(peering.address);
    snapshot.peerings.push({
      id: peering.address,
      requester_vpc_id: reader.id(peering.attribute('vpc_id'), ...VPC),
      accepter_vpc_id: reader.id(peering.attribute('peer_vpc_id'), ...VPC),
      state: isAccepted ? 'active' : 'unknown',
    });
  }
}

function readTransitGateways(reader: StackReader, snapshot: Snapshot): void {
  const attachments = reader.all(ATTACHMENT);
  const gatewayOf = (each: Resource) => reader.id(each.attribute('transit_gateway_id'), 'aws_ec2_transit_gateway');
  const ids = new Set([
    ...reader.all('aws_ec2_transit_gateway').map(({ address }) => address),
    ...attachments.flatMap((each) => gatewayOf(each) ?? []),
  ]);
  for (const id of ids) {
    const own = attachments.filter((each) => gatewayOf(each) === id);
    snapshot.transit_gateways.push({
      id,
      attachments: own.map((each) => ({
        id: each.address,
        vpc_id: reader.id(each.attribute('vpc_id'), ...VPC),
        subnet_ids: reader.ids(each.attribute('subnet_ids'), ...SUBNET) ?? [],
        state: 'available',
        table_id: associatedTable(reader, each, id),
      })),
      routes: reader.at(id) === null ? null : routesOf(reader, id, own, snapshot),
    });
  }
}

/** The table that an attachment's traffic follows: of its own, or the gateway's default one. */
function associatedTable(reader: StackReader, attachment: Resource, gateway: string): string | null {
  const [own] = reader
    .all('aws_ec2_transit_gateway_route_table_association')
    .filter((each) => reader.id(each.attribute('transit_gateway_attachment_id'), ATTACHMENT) === attachment.address);
  if (own) return tableId(reader, own.attribute('transit_gateway_route_table_id'), gateway);
  const isDefault = reader.flag(attachment, 'transit_gateway_default_route_table_association', true) !== false;
  return isDefault ? defaultTable(gateway) : 'no table';
}

function defaultTable(gateway: string): string {
  return `${gateway}.default_route_table`;
}

function tableId(reader: StackReader, value: unknown, gateway: string): string | null {
  const id = reader.id(value, TABLE, 'aws_ec2_transit_gateway');
  return id === null || id === gateway || id.startsWith(`${gateway}.`) ? defaultTable(gateway) : id;
}

type Routes = NonNullable<Snapshot['transit_gateways'][number]['routes']>;

/** By default every attachment's ranges are propagated; static routes come on top. */
function routesOf(reader: StackReader, gateway: string, attachments: readonly Resource[], snapshot: Snapshot): Routes {
  const propagate = (attachment: Resource, table_id: string | null): Routes => {
    const vpc = snapshot.vpcs.find(({ id }) => id === reader.id(attachment.attribute('vpc_id'), ...VPC));
    return (vpc?.cidrs ?? []).map((destination) => ({
      destination,
      attachment_id: attachment.address,
      blackhole: false,
      table_id,
    }));
  };
  const byDefault = attachments.flatMap((each) =>
    reader.flag(each, 'transit_gateway_default_route_table_propagation', true) === false
      ? []
      : propagate(each, defaultTable(gateway)),
  );
  const byOwn = reader.all('aws_ec2_transit_gateway_route_table_propagation').flatMap((each) => {
    const id = reader.id(each.attribute('transit_gateway_attachment_id'), ATTACHMENT);
    const attachment = attachments.find(({ address }) => address === id);
    const table = tableId(reader, each.attribute('transit_gateway_route_table_id'), gateway);
    return attachment ? propagate(attachment, table) : [];
  });
  const fixed = reader.all('aws_ec2_transit_gateway_route').map((each) => ({
    destination: text(each.attribute('destination_cidr_block')) ?? 'unknown',
    attachment_id: reader.id(each.attribute('transit_gateway_attachment_id'), ATTACHMENT),
    blackhole: reader.flag(each, 'blackhole', false) === true,
    table_id: tableId(reader, each.attribute('transit_gateway_route_table_id'), gateway),
  }));
  return [...byDefault, ...byOwn, ...fixed];
}
