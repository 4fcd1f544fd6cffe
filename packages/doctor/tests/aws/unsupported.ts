import type { Alterations } from './altered-answers.ts';
import type { ForeignAccount } from './foreign-account.ts';

/** What the server of the tests does not keep: files that functions mount, and a cache's groups. */
export function whatMotoLacks(account: ForeignAccount): Alterations {
  return new Map([
    ['GET /2015-03-31/functions', (body: string) => withMount(body, account.point)],
    ['DescribeReplicationGroups', () => replicationGroup(account.cacheHost)],
    ['DescribeCacheClusters', () => cacheCluster(account.caches)],
  ]);
}

function withMount(body: string, point: string): string {
  const document: { Functions?: Record<string, unknown>[] } = JSON.parse(body);
  for (const fn of document.Functions ?? [])
    if (fn.FunctionName === 'acme-worker') fn.FileSystemConfigs = [{ Arn: point, LocalMountPath: '/mnt/share' }];
  return JSON.stringify(document);
}

const answer = (action: string, inner: string) =>
  `<${action}Response xmlns="http://elasticache.amazonaws.com/doc/2015-02-02/"><${action}Result>${inner}</${action}Result></${action}Response>`;

function replicationGroup(host: string): string {
  return answer(
    'DescribeReplicationGroups',
    `<ReplicationGroups><ReplicationGroup><ReplicationGroupId>carts</ReplicationGroupId><ARN>arn:aws:elasticache:eu-west-1:123456789012:replicationgroup:carts</ARN><TransitEncryptionEnabled>true</TransitEncryptionEnabled><TransitEncryptionMode>required</TransitEncryptionMode><NodeGroups><NodeGroup><PrimaryEndpoint><Address>${host}</Address><Port>6379</Port></PrimaryEndpoint></NodeGroup></NodeGroups></ReplicationGroup></ReplicationGroups>`,
  );
}

function cacheCluster(group: string): string {
  return answer(
    'DescribeCacheClusters',
    `<CacheClusters><CacheCluster><CacheClusterId>carts-001</CacheClusterId><ReplicationGroupId>carts</ReplicationGroupId><CacheSubnetGroupName>caches</CacheSubnetGroupName><SecurityGroups><member><SecurityGroupId>${group}</SecurityGroupId><Status>active</Status></member></SecurityGroups></CacheCluster></CacheClusters>`,
  );
}
