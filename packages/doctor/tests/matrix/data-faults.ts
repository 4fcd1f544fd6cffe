import type { Fault } from './fault.ts';
import { closeGroup, groupsOf, setVariable } from './stack-parts.ts';

/** Databases, caches and file systems. */
export const DATA_FAULTS: readonly Fault[] = [
  {
    name: "the database's group admits nothing",
    cause: 5,
    apply: (config) =>
      groupsOf(config, 'aws_db_instance', 'vpc_security_group_ids').some((group) =>
        closeGroup(config, group, 'ingress', () => true),
      ),
  },
  {
    name: "the cache's group admits nothing",
    cause: 5,
    apply: (config) =>
      groupsOf(config, 'aws_elasticache_replication_group', 'security_group_ids').some((group) =>
        closeGroup(config, group, 'ingress', () => true),
      ),
  },
  {
    name: "the function has left its database's VPC",
    cause: 9,
    apply: (config) => {
      if (!config.has('aws_db_instance') || config.has('aws_efs_mount_target')) return false;
      for (const [, fn] of config.inside()) delete fn.vpc_config;
      return true;
    },
  },
  {
    name: 'a mount target is gone',
    cause: 32,
    apply: (config, random) => {
      const found = config.all('aws_efs_mount_target');
      if (found.length === 0) return false;
      const [name] = random.pick(found);
      config.remove('aws_efs_mount_target', name);
      for (const [, fn] of config.all('aws_lambda_function'))
        if (Array.isArray(fn.depends_on)) fn.depends_on = fn.depends_on.filter((each) => !String(each).endsWith(name));
      return true;
    },
  },
  {
    name: "the file system's group admits no NFS",
    cause: 32,
    apply: (config) =>
      groupsOf(config, 'aws_efs_mount_target', 'security_groups').some((group) =>
        closeGroup(config, group, 'ingress', () => true),
      ),
  },
  {
    name: 'a cache that takes TLS only is spoken to in clear',
    cause: 44,
    hidden_in_plans: true,
    apply: (config) =>
      config.has('aws_elasticache_replication_group') &&
      setVariable(
        config,
        'REDIS_URL',
        'redis://${aws_elasticache_replication_group.cache.primary_endpoint_address}:6379',
      ),
  },
];
