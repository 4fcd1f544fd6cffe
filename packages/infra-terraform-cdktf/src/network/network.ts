/** What the rest of the stack knows of the network, be it made here or found. Values may be references that Terraform resolves. */
export interface Network {
  readonly vpcId: string;
  readonly privateSubnetIds: readonly string[];
  /** One of each zone. */
  readonly routeTableIds: readonly string[];
}
