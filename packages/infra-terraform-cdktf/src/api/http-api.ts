import { Apigatewayv2Api } from '@cdktn/provider-aws/lib/apigatewayv2-api/index.js';
import { Apigatewayv2Authorizer } from '@cdktn/provider-aws/lib/apigatewayv2-authorizer/index.js';
import { Apigatewayv2Integration } from '@cdktn/provider-aws/lib/apigatewayv2-integration/index.js';
import { Apigatewayv2Route } from '@cdktn/provider-aws/lib/apigatewayv2-route/index.js';
import { Apigatewayv2Stage } from '@cdktn/provider-aws/lib/apigatewayv2-stage/index.js';
import { CloudwatchLogGroup } from '@cdktn/provider-aws/lib/cloudwatch-log-group/index.js';
import { LambdaPermission } from '@cdktn/provider-aws/lib/lambda-permission/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import type { SlipstreamFunction } from '../functions/slipstream-function.ts';
import type { Place } from '../terraform/place.ts';
import { ApiDomain } from './api-domain.ts';
import { IdentityPool } from './identity-pool.ts';

/** An HTTP API gives up after 30 s; the function ends before. */
const INTEGRATION_TIMEOUT_MS = 30_000;
const HEALTH_ROUTE = 'GET /health';

/** One line a request: who, what, how long; no body, no token. */
const ACCESS_LOG = {
  request_id: '$context.requestId',
  caller: '$context.authorizer.claims.sub',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  error: '$context.error.message',
  latency_ms: '$context.responseLatency',
  bytes: '$context.responseLength',
};

export class HttpApi extends Construct {
  readonly apiId: string;
  readonly url: string;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** What a program has to know to sign a person in. */
  readonly outputs: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    place: Place,
    environment: Environment,
    fn: SlipstreamFunction,
    keyArn: string,
  ) {
    super(scope, id);
    const { authorizer: who, throttle, domain } = environment.api;
    const api = new Apigatewayv2Api(this, 'api', {
      name: place.name,
      description: `Slipstream ${environment.name}`,
      protocolType: 'HTTP',
      // With a name of our own, nobody goes round it (and round its TLS policy).
      disableExecuteApiEndpoint: domain !== null,
    });
    const pool =
      who.kind === 'cognito'
        ? new IdentityPool(this, 'people', place, { keyArn, deletionProtection: environment.deletion_protection })
        : null;
    this.issuer = who.kind === 'oidc' ? who.issuer : (pool?.issuer ?? '');
    this.audience = who.kind === 'oidc' ? who.audience : [pool?.audience ?? ''];
    this.outputs = {
      api_issuer: this.issuer,
      api_audience: this.audience.join(','),
      api_redirects: who.kind === 'oidc' ? who.redirects : 'registered',
      ...pool?.outputs,
    };
    const authorizer = new Apigatewayv2Authorizer(this, 'authorizer', {
      apiId: api.id,
      name: 'jwt',
      authorizerType: 'JWT',
      identitySources: ['$request.header.Authorization'],
      jwtConfiguration: { issuer: this.issuer, audience: [...this.audience] },
    });
    const integration = new Apigatewayv2Integration(this, 'integration', {
      apiId: api.id,
      integrationType: 'AWS_PROXY',
      integrationUri: fn.aliasInvokeArn,
      payloadFormatVersion: '2.0',
      timeoutMilliseconds: INTEGRATION_TIMEOUT_MS,
    });
    new Apigatewayv2Route(this, 'everything', {
      apiId: api.id,
      routeKey: '$default',
      target: `integrations/${integration.id}`,
      authorizationType: 'JWT',
      authorizerId: authorizer.id,
    });
    // For the one who looks whether it is there, who may have no token; it names nothing and nobody.
    new Apigatewayv2Route(this, 'health', {
      apiId: api.id,
      routeKey: HEALTH_ROUTE,
      target: `integrations/${integration.id}`,
      authorizationType: 'NONE',
    });
    const log = new CloudwatchLogGroup(this, 'access-log', {
      name: `/aws/http-api/${place.name}`,
      retentionInDays: environment.retention.log_days,
      kmsKeyId: keyArn,
    });
    const stage = new Apigatewayv2Stage(this, 'stage', {
      apiId: api.id,
      name: '$default',
      autoDeploy: true,
      defaultRouteSettings: {
        throttlingBurstLimit: throttle.burst,
        throttlingRateLimit: throttle.rate_per_s,
        detailedMetricsEnabled: false,
      },
      accessLogSettings: { destinationArn: log.arn, format: JSON.stringify(ACCESS_LOG) },
    });
    // An ARN has a route's path where the route has one, and its key where it has none.
    const callers = {
      permission: ['HttpApi', '$default'],
      'health-permission': ['HttpApiHealth', 'GET/health'],
    } as const;
    for (const [name, [statementId, route]] of Object.entries(callers)) {
      new LambdaPermission(this, name, {
        statementId,
        action: 'lambda:InvokeFunction',
        functionName: fn.name,
        qualifier: fn.aliasName,
        principal: 'apigateway.amazonaws.com',
        sourceArn: `${api.executionArn}/*/${route}`,
      });
    }
    if (domain) new ApiDomain(this, 'domain', place, domain, api.id, stage.id);
    this.apiId = api.id;
    this.url = domain ? `https://${domain.name}` : api.apiEndpoint;
  }
}
