import { FUNCTION_NAMES, FUNCTION_NEEDS, functionNeedsSchema, LOGIN_PORTS, loginRedirect } from '@slipstream/shared';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dev } from '../src/environments/dev.ts';
import { environmentSchema } from '../src/environments/environment.ts';
import { VECTOR_FUNCTIONS } from '../src/environments/vector-functions.ts';
import { emptyBundles } from './support/empty-bundles.ts';
import { Synthesised, statementsOf, synthesised } from './support/synthesised.ts';

const stack = synthesised();
const fn = (name: string) => stack.one('aws_lambda_function', `functions_${name}_function`.replace('_function', '_'));

describe('every function', () => {
  test.each(FUNCTION_NAMES)('%s runs on Node 24 for arm64, from the typed sizes', (name) => {
    const size = dev.functions.sizes[name];
    expect(fn(name)).toMatchObject({
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      timeout: size.timeout_s,
      memory_size: size.memory_mb,
      publish: true,
    });
    expect(fn(name).ephemeral_storage).toMatchObject({ size: size.ephemeral_mb });
  });

  test('has its own role and a log with an end', () => {
    const roles = stack.all('aws_lambda_function').map(([, each]) => each.role);
    expect(new Set(roles).size).toBe(FUNCTION_NAMES.length);
    for (const [id, group] of stack.all('aws_cloudwatch_log_group'))
      expect(Number(group.retention_in_days), id).toBeGreaterThan(0);
  });

  test('is called by its live alias, which a deploy does not move', () => {
    for (const [, alias] of stack.all('aws_lambda_alias')) {
      expect(alias).toMatchObject({
        name: 'live',
        lifecycle: { ignore_changes: ['function_version', 'routing_config'] },
      });
    }
    for (const [, mapping] of stack.all('aws_lambda_event_source_mapping'))
      expect(String(mapping.function_name)).toContain('aws_lambda_alias.');
    for (const [, permission] of stack.all('aws_lambda_permission'))
      expect(String(permission.qualifier)).toContain('aws_lambda_alias.');
  });

  test.each(Object.values(FUNCTION_NEEDS))(
    '$function: what its code needs is granted, and nothing else',
    ({ function: name, aws, environment }) => {
      const statements = statementsOf(stack.one('aws_iam_role_policy', `functions_${name}_role_policy`).policy);
      const granted = statements.filter(({ Sid }) => /^Code\d/.test(Sid ?? ''));
      expect(granted.map(({ Action }) => Action)).toEqual(aws.map(({ actions }) => actions));
      const variables = z.object({ variables: z.record(z.string(), z.string()) }).parse(fn(name).environment).variables;
      for (const variable of environment) expect(variables).toHaveProperty(variable);
    },
  );

  test('each resource of a need stands for one of its own', () => {
    const byResource = new Map<string, unknown>();
    for (const { function: name, aws } of Object.values(FUNCTION_NEEDS)) {
      const statements = statementsOf(stack.one('aws_iam_role_policy', `functions_${name}_role_policy`).policy);
      aws.forEach(({ resource }, index) => {
        const [arn] = statements.find(({ Sid }) => Sid === `Code${index}`)?.Resource ?? [];
        expect(byResource.get(resource) ?? arn).toEqual(arn);
        byResource.set(resource, arn);
      });
    }
    expect(new Set(byResource.values()).size).toBe(byResource.size);
    expect(byResource.get('table-index')).toMatch(/\/index\/gsi1$/);
    expect(byResource.get('artifacts-bucket/ocr/*')).toMatch(/artifacts.*\.arn\}\/ocr\/\*$/);
    expect(byResource.get('secret:places')).toMatch(/secret\.secrets_places/);
  });

  test('a new need becomes a grant without another line of code', () => {
    const bundles = emptyBundles();
    const more = functionNeedsSchema.parse({
      ...bundles.sweeper.needs,
      aws: [...bundles.sweeper.needs.aws, { actions: ['s3:GetObject'], resource: 'raw-bucket/raw/*' }],
    });
    const made = new Synthesised(dev, { ...bundles, sweeper: { ...bundles.sweeper, needs: more } });
    const statements = statementsOf(made.one('aws_iam_role_policy', 'functions_sweeper_role_policy').policy);
    expect(statements.find(({ Sid }) => Sid === `Code${more.aws.length - 1}`)).toMatchObject({
      Action: ['s3:GetObject'],
      Resource: [expect.stringMatching(/raw.*\/raw\/\*$/)],
    });
  });

  test('names what it may touch: a wildcard stands only where AWS knows no resource', () => {
    for (const [id, { policy }] of stack.all('aws_iam_role_policy')) {
      for (const { Sid, Effect, Action, Resource } of statementsOf(policy)) {
        if (Effect === 'Deny' || !Resource.includes('*')) continue;
        expect(['LambdaMakesTheInterface', 'LookAtInterfaces', 'ReportThePath'], `${id} ${Sid}`).toContain(Sid);
        expect(
          Action.some((action) => action.includes('*')),
          id,
        ).toBe(false);
      }
    }
  });
});

test('the model’s address and name are those of the environment', () => {
  const made = synthesised({ llm: { base_url: 'https://models.example.com/v1', model: 'm-1' } });
  expect(made.one('aws_lambda_function', 'functions_validate-receipt_').environment).toMatchObject({
    variables: { OPENAI_BASE_URL: 'https://models.example.com/v1', OPENAI_MODEL: 'm-1' },
  });
});

describe('who may put on a function’s role', () => {
  const functionRoles = (made: typeof stack) =>
    made
      .all('aws_iam_role')
      .flatMap(([id, { assume_role_policy }]) =>
        id.startsWith('functions_') ? [statementsOf(assume_role_policy)] : [],
      );

  test('Lambda, and nobody else unless somebody is named', () => {
    expect(functionRoles(stack)).toHaveLength(FUNCTION_NAMES.length);
    for (const statements of functionRoles(stack)) {
      expect(statements.map(({ Principal }) => Principal)).toEqual([{ Service: 'lambda.amazonaws.com' }]);
    }
  });

  test('operators who are named, for npm run verify only', () => {
    const ada = 'arn:aws:iam::111122223333:user/ada';
    const made = synthesised({ verify: { operator_arns: [ada] } });
    for (const statements of functionRoles(made)) {
      expect(statements).toHaveLength(2);
      expect(statements[1]).toMatchObject({
        Principal: { AWS: [ada] },
        Action: ['sts:AssumeRole'],
        Condition: { StringEquals: { 'sts:RoleSessionName': 'slipstream-verify' } },
      });
    }
  });

  test.each(['*', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::aws:user/ada'])('nobody is named as %s', (arn) => {
    expect(environmentSchema.safeParse({ ...dev, verify: { operator_arns: [arn] } }).success).toBe(false);
  });
});

describe('the people who sign in', () => {
  test('have a page at the pool’s domain, by authorization code, and come back to the addresses that login listens on', () => {
    expect(stack.has('aws_cognito_user_pool_domain')).toBe(true);
    expect(stack.one('aws_cognito_user_pool_client')).toMatchObject({
      generate_secret: false,
      allowed_oauth_flows: ['code'],
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_scopes: ['openid', 'email', 'slipstream/read', 'slipstream/write'],
      callback_urls: LOGIN_PORTS.map(loginRedirect),
    });
    expect(stack.one('aws_cognito_resource_server')).toMatchObject({
      identifier: 'slipstream',
      scope: [{ scope_name: 'read' }, { scope_name: 'write' }, { scope_name: 'operate' }],
    });
    expect(stack.stack.output).toMatchObject({
      api_scopes: { value: 'slipstream/read slipstream/write' },
      user_pool_id: {},
      verify_user_secret_arn: {},
      api_redirects: { value: 'registered' },
    });
  });

  test('with an issuer of one’s own nothing is made here, and it says which redirects it takes', () => {
    const own = synthesised({
      api: {
        ...dev.api,
        authorizer: { kind: 'oidc', issuer: 'https://id.example.com', audience: ['a'], redirects: 'any-port' },
      },
    });
    expect(own.has('aws_cognito_user_pool')).toBe(false);
    expect(own.stack.output).toMatchObject({ api_redirects: { value: 'any-port' } });
    expect(own.stack.output).not.toHaveProperty('user_pool_id');
    expect(own.stack.output).not.toHaveProperty('api_scopes');
  });
});

describe('what calls the functions', () => {
  const mapping = (name: string) => stack.one('aws_lambda_event_source_mapping', `functions_${name}-mapping`);

  test.each(['uploads-queue', 'ocr-results-queue', 'validate-queue', 'compaction-queue'])(
    '%s: partial batches, bounded concurrency',
    (name) => {
      expect(mapping(name)).toMatchObject({ function_response_types: ['ReportBatchItemFailures'] });
      expect(mapping(name)).toHaveProperty('scaling_config.maximum_concurrency');
      const { batch_size, maximum_batching_window_in_seconds } = mapping(name);
      if (Number(batch_size) > 10) expect(Number(maximum_batching_window_in_seconds)).toBeGreaterThanOrEqual(1);
    },
  );

  test('nothing is reserved of an account that may have nothing to reserve; where it is chosen, it is', () => {
    for (const [, each] of stack.all('aws_lambda_function'))
      expect(each.reserved_concurrent_executions).toBeUndefined();
    expect(mapping('compaction-queue')).toHaveProperty('scaling_config.maximum_concurrency', 2);
    const sizes = {
      ...dev.functions.sizes,
      compaction: { ...dev.functions.sizes.compaction, concurrency_reserved: 1 },
    };
    const made = synthesised({ functions: { ...dev.functions, sizes } });
    expect(made.one('aws_lambda_function', 'functions_compaction_').reserved_concurrent_executions).toBe(1);
  });

  test('the stream’s mapping halves a failing batch and keeps what failed', () => {
    const failures = stack.idOf('aws_sqs_queue', 'queues_stream-failures');
    expect(mapping('table-stream')).toMatchObject({
      bisect_batch_on_function_error: true,
      function_response_types: ['ReportBatchItemFailures'],
      destination_config: { on_failure: { destination_arn: `\${${failures}.arn}` } },
    });
  });

  test('the sweeper runs each 5 minutes', () => {
    expect(stack.one('aws_cloudwatch_event_rule')).toMatchObject({ schedule_expression: 'rate(5 minutes)' });
  });
});

describe('who runs in the VPC', () => {
  const inside = (made: typeof stack) =>
    FUNCTION_NAMES.filter((name) => made.one('aws_lambda_function', `functions_${name}_`).vpc_config !== undefined);

  test('as in the seeds', () => {
    expect(inside(stack)).toEqual(['process-ocr-results', 'compaction', 'validate-receipt', 'connectivity-probe']);
  });

  test('who needs it: nobody without EFS', () => {
    const needed = { ...dev.functions, vpc: 'needed' as const };
    expect(inside(synthesised({ functions: needed }))).toEqual([]);
    expect(inside(synthesised({ functions: needed, efs: true }))).toEqual([
      'process-ocr-results',
      'compaction',
      'connectivity-probe',
    ]);
  });

  test('those with EFS mount it after its mount targets stand', () => {
    const withFiles = synthesised({ efs: true });
    for (const name of VECTOR_FUNCTIONS) {
      const made = withFiles.one('aws_lambda_function', `functions_${name}_`);
      expect(made.file_system_config).toMatchObject({ local_mount_path: '/mnt/chroma' });
      expect(made).toHaveProperty('environment.variables.INDEX_MOUNT_PATH', '/mnt/chroma');
      expect(made).toHaveProperty('environment.variables.VECTOR_STORAGE_MODE', 'auto');
      expect([made.depends_on].flat().filter((each) => String(each).startsWith('aws_efs_mount_target.'))).toHaveLength(
        2,
      );
    }
  });
});

describe('the API', () => {
  test('asks every caller for a token, but whoever looks whether it is there', () => {
    const routes = stack
      .all('aws_apigatewayv2_route')
      .map(([, { route_key, authorization_type }]) => [route_key, authorization_type]);
    expect(Object.fromEntries(routes)).toEqual({ $default: 'JWT', 'GET /health': 'NONE' });
    expect(stack.one('aws_apigatewayv2_stage').default_route_settings).toMatchObject({
      throttling_burst_limit: 50,
      throttling_rate_limit: 20,
    });
  });

  test('under its own name: regional, TLS 1.2, and no other way in', () => {
    const made = synthesised({
      api: {
        ...dev.api,
        domain: {
          name: 'receipts.example.com',
          zone_id: 'Z0123',
          weighted: { weight: 10, set_identifier: 'a', data: 'replicated' },
        },
      },
    });
    expect(made.one('aws_apigatewayv2_api').disable_execute_api_endpoint).toBe(true);
    expect(made.one('aws_apigatewayv2_domain_name').domain_name_configuration).toMatchObject({
      endpoint_type: 'REGIONAL',
      security_policy: 'TLS_1_2',
    });
    const record = made.one('aws_route53_record', 'http-api_domain_record');
    expect(record).toMatchObject({ set_identifier: 'a', weighted_routing_policy: { weight: 10 } });
    expect(record.health_check_id).toContain('aws_route53_health_check.');
  });
});
