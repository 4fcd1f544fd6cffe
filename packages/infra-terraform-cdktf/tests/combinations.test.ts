import { describe, expect, test } from 'vitest';
import { vpcFunctions } from '../src/environments/vpc-functions.ts';
import { describeEnvironment } from './support/combinations.ts';
import { combinationsToTest } from './support/pairwise.ts';
import { Synthesised, statementsOf } from './support/synthesised.ts';

/** Rules that hold whatever is switched on or off. */
describe.each(combinationsToTest().map((environment) => [describeEnvironment(environment), environment] as const))(
  '%s',
  (_, environment) => {
    const stack = new Synthesised(environment);
    const text = JSON.stringify(stack.stack);

    test('every reference leads to something that is made', () => {
      for (const [, kind = '', type = '', id = ''] of text.matchAll(
        /\$\{(data\.)?(aws_[a-z0-9_]+)\.([A-Za-z0-9_-]+)\./g,
      )) {
        const made = kind === 'data.' ? stack.stack.data : stack.stack.resource;
        expect(made[type], `${kind}${type}.${id}`).toHaveProperty([id]);
      }
    });

    test('what stands in the VPC reaches the services it needs', () => {
      const inVpc = stack.all('aws_lambda_function').some(([, fn]) => fn.vpc_config !== undefined);
      const wayOut = environment.network.kind === 'existing' || environment.nat.kind !== 'none';
      const endpoints = stack
        .all('aws_vpc_endpoint')
        .map(([, endpoint]) => String(endpoint.service_name).split('.').at(-1));
      if (inVpc && !wayOut)
        expect(endpoints).toEqual(expect.arrayContaining(['s3', 'dynamodb', 'sqs', 'secretsmanager']));
      const subnets = stack
        .all('aws_lambda_function')
        .flatMap(([, fn]) => (fn.vpc_config ? [JSON.stringify(fn.vpc_config)] : []));
      for (const config of subnets) expect(config.match(/subnet/g)?.length).toBeGreaterThanOrEqual(3);
    });

    test('no secret, no key and no wildcard principal without a condition', () => {
      expect(stack.has('aws_secretsmanager_secret_version')).toBe(false);
      expect(stack.has('aws_iam_access_key')).toBe(false);
      for (const type of [
        'aws_sqs_queue_policy',
        'aws_sns_topic_policy',
        'aws_s3_bucket_policy',
        'aws_kms_key',
        'aws_efs_file_system_policy',
      ]) {
        for (const [id, { policy }] of stack.all(type)) {
          for (const statement of statementsOf(policy)) {
            const isAnybody = statement.Principal === '*' || JSON.stringify(statement.Principal) === '{"AWS":"*"}';
            if (statement.Effect === 'Allow' && isAnybody)
              expect(statement.Condition, `${id} ${statement.Sid}`).toBeDefined();
          }
        }
      }
    });

    test('everything is tagged, and the deploy’s outputs are the programs’ settings', () => {
      expect(stack.stack.provider.aws[0]).toMatchObject({
        default_tags: [{ tags: { project: 'slipstream', environment: 'dev' } }],
      });
      for (const name of [
        'region',
        'dynamo_table_name',
        'raw_bucket',
        'artifacts_bucket',
        'ocr_job_queue_url',
        'ocr_results_queue_url',
      ]) {
        expect(stack.stack.output).toHaveProperty(name);
      }
    });

    test('what its switches say is there, and nothing else', () => {
      const isInVpc = vpcFunctions(environment).length > 0;
      expect(stack.has('aws_autoscaling_group')).toBe(isInVpc && environment.nat.kind === 'instance');
      expect(stack.has('aws_nat_gateway')).toBe(isInVpc && environment.nat.kind === 'gateway');
      // What is paid by the month is built for a function that takes it.
      if (!isInVpc)
        expect(stack.all('aws_vpc_endpoint').filter(([, each]) => each.vpc_endpoint_type === 'Interface')).toEqual([]);
      expect(stack.has('aws_efs_file_system')).toBe(environment.efs);
      expect(stack.has('aws_cloudfront_distribution')).toBe(environment.console_hosting);
      expect(stack.has('aws_cognito_user_pool')).toBe(environment.api.authorizer.kind === 'cognito');
      expect(stack.has('aws_apigatewayv2_domain_name')).toBe(environment.api.domain !== null);
      expect(stack.has('aws_route53_health_check')).toBe(Boolean(environment.api.domain?.weighted));
      expect(stack.has('aws_rolesanywhere_trust_anchor')).toBe(environment.agent_access.kind === 'roles-anywhere');
      expect(stack.has('aws_ssoadmin_permission_set')).toBe(environment.agent_access.kind === 'sso');
      expect(stack.has('aws_iam_user')).toBe(environment.agent_access.kind === 'user');
      expect(stack.has('aws_lambda_provisioned_concurrency_config')).toBe(
        environment.functions.sizes.api.concurrency_provisioned !== null,
      );
    });
  },
);
