import type { Config } from './config.ts';

/** What the provider demands besides, and what says nothing about the network. */
const DEMANDED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aws_db_instance: { username: 'u', password: 'not-a-secret', allocated_storage: 20, skip_final_snapshot: true },
  aws_elasticache_replication_group: { description: 'carts', node_type: 'cache.t4g.micro' },
  aws_dynamodb_table: { billing_mode: 'PAY_PER_REQUEST', attribute: [{ name: 'id', type: 'S' }] },
  aws_lambda_function: { filename: 'x.zip', handler: 'index.handler' },
  aws_iam_role: { assume_role_policy: '{"Version":"2012-10-17","Statement":[]}' },
};

/** A stack that Terraform's provider accepts. */
export function planReady(config: Config): Config {
  for (const [type, attributes] of Object.entries(DEMANDED))
    for (const [, resource] of config.all(type)) Object.assign(resource, attributes);
  return config;
}
