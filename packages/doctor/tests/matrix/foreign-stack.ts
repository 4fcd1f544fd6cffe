import { Config } from './config.ts';
import { addData, addFunctions } from './foreign-code.ts';
import { addGroups } from './foreign-groups.ts';
import { addAcl, addEndpoints, addRoutes } from './foreign-network.ts';
import { id, REGION, type Shape } from './foreign-shape.ts';

export { foreignShape, type Shape } from './foreign-shape.ts';

/** A healthy stack that this project did not make: other names, and every way to write the same network. */
export function foreignStack(shape: Shape): Config {
  const config = new Config({ provider: { aws: [{ region: REGION }] }, terraform: {}, resource: {} });
  const zones = ['a', 'b', 'c'].slice(0, shape.zones);
  config.add('aws_vpc', 'core', { cidr_block: '172.20.0.0/16', enable_dns_hostnames: true });
  config.add('aws_internet_gateway', 'edge', { vpc_id: id('aws_vpc.core') });
  zones.forEach((zone, at) => {
    config.add('aws_subnet', `dmz_${zone}`, {
      vpc_id: id('aws_vpc.core'),
      cidr_block: `172.20.${at}.0/24`,
      availability_zone: `${REGION}${zone}`,
    });
    config.add('aws_subnet', `work_${zone}`, {
      vpc_id: id('aws_vpc.core'),
      cidr_block: `172.20.${at + 100}.0/24`,
      availability_zone: `${REGION}${zone}`,
    });
  });
  addRoutes(config, shape, zones);
  addAcl(config, shape, zones);
  addGroups(config, shape);
  addEndpoints(config, shape, zones);
  addData(config, shape, zones);
  addFunctions(config, shape, zones);
  return config;
}
