import type { IncomingMessage } from 'node:http';
import {
  ApiGatewayV2Client,
  GetApisCommand,
  GetAuthorizerCommand,
  type GetAuthorizerCommandOutput,
  GetRoutesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { type HttpFront, serveFunction } from '../../runtime-api/index.ts';
import type { FunctionHost } from './function-host.ts';

/** The deployed HTTP API: its routes, and its JWT authorizer with issuer and audience as they were deployed. */
export function serveHttpApi(host: FunctionHost, endpoint: string, region: string, fn: string): Promise<HttpFront> {
  const client = new ApiGatewayV2Client({ endpoint, region });
  return serveFunction({ target: host.live(fn), claimsOf: (request) => claimsOf(client, request) });
}

async function claimsOf(client: ApiGatewayV2Client, request: IncomingMessage) {
  const { Items: [api] = [] } = await client.send(new GetApisCommand({}));
  const ApiId = api?.ApiId ?? '';
  const { Items: routes = [] } = await client.send(new GetRoutesCommand({ ApiId }));
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const own = routes.find(({ RouteKey }) => RouteKey === `${request.method} ${path}`);
  const route = own ?? routes.find(({ RouteKey }) => RouteKey === '$default');
  if (route?.AuthorizationType === 'NONE') return 'open';
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return null;
  const { AuthorizerId } = route ?? {};
  return verified(await client.send(new GetAuthorizerCommand({ ApiId, AuthorizerId })), token);
}

/** As API Gateway decides it: signature by the issuer's keys, issuer, time, and `aud`, or `client_id` where there is none. */
async function verified({ JwtConfiguration }: GetAuthorizerCommandOutput, token: string) {
  const { Issuer: issuer = '', Audience: audiences = [] } = JwtConfiguration ?? {};
  try {
    const { jwks_uri } = Object(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json());
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(String(jwks_uri))), { issuer });
    const meant = [payload.aud ?? decodeJwt(token).client_id].flat();
    if (!meant.some((one) => audiences.includes(String(one)))) return null;
    return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  } catch {
    return null; // whatever is wrong with a token, its bearer is nobody
  }
}
