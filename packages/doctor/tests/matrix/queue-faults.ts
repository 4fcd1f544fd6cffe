import type { Fault } from './fault.ts';
import { DEFAULT, groupsOf } from './stack-parts.ts';

/** Queues and mappings, and what is open to the world. */
export const QUEUE_FAULTS: readonly Fault[] = [
  {
    name: 'visibility is shorter than six time-outs',
    cause: null,
    rule: 'visibility-too-short',
    apply: (config) => {
      const queue = config.all('aws_sqs_queue').find(([name]) => /^(orders|.*ocr-results-queue_)/.test(name));
      if (!queue) return false;
      queue[1].visibility_timeout_seconds = 45;
      return true;
    },
  },
  {
    name: 'a queue has no dead letters',
    cause: null,
    rule: 'no-dead-letters',
    apply: (config) => {
      const queue = config.all('aws_sqs_queue').find(([name]) => /^(orders$|.*ocr-results-queue_)/.test(name));
      if (!queue) return false;
      delete queue[1].redrive_policy;
      return true;
    },
  },
  {
    name: 'a mapping is off',
    cause: null,
    rule: 'mapping-off',
    apply: (config, random) => {
      const found = config.all('aws_lambda_event_source_mapping');
      if (found.length === 0) return false;
      random.pick(found)[1].enabled = false;
      return true;
    },
  },
  {
    name: 'a function is throttled to nothing',
    cause: null,
    rule: 'mapping-off',
    apply: (config, random) => {
      random.pick(config.all('aws_lambda_function'))[1].reserved_concurrent_executions = 0;
      return true;
    },
  },
  {
    name: "the endpoints' group is open to the world",
    cause: null,
    rule: 'endpoint-group-open',
    hidden_in_flat_plans: true,
    apply: (config) => {
      const [group] = groupsOf(config, 'aws_vpc_endpoint', 'security_group_ids');
      if (!group) return false;
      config.add('aws_vpc_security_group_ingress_rule', 'world', {
        security_group_id: `\${${group}.id}`,
        ip_protocol: 'tcp',
        from_port: 443,
        to_port: 443,
        cidr_ipv4: DEFAULT,
      });
      return true;
    },
  },
];
