/**
 * AWS's list prices in US dollars, by region, as known in 2026. Prices change: AWS's own calculator is the authority,
 * and a month has 730 hours there as here.
 */
export interface Prices {
  readonly nat_gateway_hour: number;
  readonly nat_gateway_gb: number;
  readonly interface_endpoint_hour: number;
  readonly instance_hour: Readonly<Record<string, number>>;
  readonly gp3_gb_month: number;
  readonly efs_gb_month: number;
  readonly efs_read_gb: number;
  readonly efs_write_gb: number;
}

export const HOURS_A_MONTH = 730;

/** The same everywhere. */
export const EVERYWHERE = {
  public_ipv4_hour: 0.005,
  kms_key_month: 1,
  secret_month: 0.4,
  alarm_month: 0.1,
  custom_metric_month: 0.3,
  health_check_month: 0.5,
} as const;

const VIRGINIA: Prices = {
  nat_gateway_hour: 0.045,
  nat_gateway_gb: 0.045,
  interface_endpoint_hour: 0.01,
  instance_hour: {
    't4g.nano': 0.0042,
    't4g.micro': 0.0084,
    't4g.small': 0.0168,
    't3.nano': 0.0052,
    't3.micro': 0.0104,
  },
  gp3_gb_month: 0.08,
  efs_gb_month: 0.3,
  efs_read_gb: 0.03,
  efs_write_gb: 0.06,
};

const PRICES: Readonly<Record<string, Prices>> = {
  'us-east-1': VIRGINIA,
  'us-east-2': VIRGINIA,
  'us-west-2': VIRGINIA,
  'eu-west-1': {
    nat_gateway_hour: 0.048,
    nat_gateway_gb: 0.048,
    interface_endpoint_hour: 0.011,
    instance_hour: {
      't4g.nano': 0.0046,
      't4g.micro': 0.0092,
      't4g.small': 0.0184,
      't3.nano': 0.0057,
      't3.micro': 0.0114,
    },
    gp3_gb_month: 0.088,
    efs_gb_month: 0.33,
    efs_read_gb: 0.033,
    efs_write_gb: 0.066,
  },
  'eu-central-1': {
    nat_gateway_hour: 0.052,
    nat_gateway_gb: 0.052,
    interface_endpoint_hour: 0.012,
    instance_hour: {
      't4g.nano': 0.0048,
      't4g.micro': 0.0096,
      't4g.small': 0.0192,
      't3.nano': 0.006,
      't3.micro': 0.012,
    },
    gp3_gb_month: 0.0952,
    efs_gb_month: 0.36,
    efs_read_gb: 0.036,
    efs_write_gb: 0.072,
  },
};

/** null where no prices are known: a guess would be believed. */
export function pricesOf(region: string): Prices | null {
  return PRICES[region] ?? null;
}

export const PRICED_REGIONS: readonly string[] = Object.keys(PRICES);

/** A NAT gateway with its public address, before any traffic. */
export function natGatewayHourly(prices: Prices): number {
  return prices.nat_gateway_hour + EVERYWHERE.public_ipv4_hour;
}
