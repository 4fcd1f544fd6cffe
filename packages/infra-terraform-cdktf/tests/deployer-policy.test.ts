import { expect, test } from 'vitest';
import { dev } from '../src/environments/dev.ts';
import { prod } from '../src/environments/prod.ts';
import { deployerPolicy, deployerStatements, githubTrust } from '../src/operate/deployer-policy.ts';
import { statementsOf, synthesised } from './support/synthesised.ts';

const ACCOUNT = '111122223333';

test('fits into one policy, and every resource type of the stack belongs to a service of it', () => {
  const policy = deployerPolicy(dev, ACCOUNT, 'state');
  // IAM counts no white space.
  expect(policy.replaceAll(/\s/g, '').length).toBeLessThanOrEqual(6_144);
  const services = new Set(statementsOf(policy).flatMap(({ Action }) => Action.map((action) => action.split(':')[0])));
  const SERVICE_OF: Readonly<Record<string, string>> = {
    apigatewayv2: 'apigateway',
    autoscaling: 'autoscaling',
    budgets: 'budgets',
    cloudwatch_event: 'events',
    cloudwatch_log: 'logs',
    cloudwatch: 'cloudwatch',
    cognito: 'cognito-idp',
    dynamodb: 'dynamodb',
    iam: 'iam',
    kms: 'kms',
    lambda: 'lambda',
    s3: 's3',
    secretsmanager: 'secretsmanager',
    sns: 'sns',
    sqs: 'sqs',
  };
  for (const type of Object.keys(synthesised().stack.resource)) {
    const known = Object.keys(SERVICE_OF).find((prefix) => type.startsWith(`aws_${prefix}`));
    expect(services, type).toContain(known ? SERVICE_OF[known] : 'ec2');
  }
});

test('names one environment’s resources, roles and state, and no other’s', () => {
  const statements = deployerStatements(dev, ACCOUNT, 'state');
  const named = statements.filter(({ Resource }) => Resource !== '*').flatMap(({ Resource }) => [Resource].flat());
  for (const arn of named) expect(String(arn)).toMatch(/slipstream-dev|aws-service-role|:::state$/);
  for (const { Sid, Action, Condition } of statements.filter(({ Resource }) => Resource === '*'))
    expect(Condition ?? Sid, JSON.stringify(Action)).toEqual(
      Sid === 'Identity' ? 'Identity' : { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    );
  expect(JSON.stringify(deployerStatements(prod, ACCOUNT, 'state'))).not.toContain('slipstream-dev');
});

test('CI’s role is entered by one environment of one repository', () => {
  const [statement] = statementsOf(githubTrust('ada/receipts', ACCOUNT, 'prod'));
  expect(statement?.Condition?.StringEquals).toMatchObject({
    'token.actions.githubusercontent.com:sub': 'repo:ada/receipts:environment:prod',
  });
  expect(() => githubTrust('ada/*', ACCOUNT, 'prod')).toThrow('OWNER/REPOSITORY');
});
