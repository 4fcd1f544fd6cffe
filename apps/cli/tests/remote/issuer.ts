import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** An OpenID Connect issuer with the device flow, on the loopback; what it answers next is scripted by the test. */
export interface TestIssuer {
  readonly url: string;
  /** Answers of the token endpoint to device polls, in turn; the last one stays. */
  polls: ('authorization_pending' | 'slow_down' | 'expired_token' | 'access_denied' | 'granted')[];
  isRefreshRefused: boolean;
  readonly revoked: string[];
  /** When each poll came, in milliseconds. */
  readonly polledAt: number[];
  close(): void;
}

export const AUDIENCE = 'slipstream-cli';
const LIFE_S = 3_600;

export async function startIssuer(): Promise<TestIssuer> {
  let made = 0;
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const { status, body } = answer(request, form);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const issuer: TestIssuer = {
    url,
    polls: ['granted'],
    isRefreshRefused: false,
    revoked: [],
    polledAt: [],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  const tokens = () => {
    made += 1;
    const jwt = ['{"alg":"none"}', JSON.stringify({ sub: 'ada', aud: AUDIENCE, n: made }), 'signature'];
    const access_token = jwt.map((part) => Buffer.from(part).toString('base64url')).join('.');
    return { access_token, refresh_token: `refresh-${made}`, token_type: 'Bearer', expires_in: LIFE_S };
  };
  const answer = ({ url: path = '' }: IncomingMessage, form: URLSearchParams): { status: number; body: object } => {
    if (path.startsWith('/.well-known/'))
      return {
        status: 200,
        body: {
          issuer: url,
          token_endpoint: `${url}/token`,
          device_authorization_endpoint: `${url}/device`,
          revocation_endpoint: `${url}/revoke`,
        },
      };
    if (path === '/device')
      return {
        status: 200,
        body: {
          device_code: 'device',
          user_code: 'ABCD-EFGH',
          verification_uri: `${url}/activate`,
          expires_in: 60,
          interval: 0.05,
        },
      };
    if (path === '/revoke') {
      issuer.revoked.push(form.get('token') ?? '');
      return { status: 200, body: {} };
    }
    if (form.get('grant_type') === 'refresh_token')
      return issuer.isRefreshRefused
        ? { status: 400, body: { error: 'invalid_grant' } }
        : { status: 200, body: tokens() };
    issuer.polledAt.push(performance.now());
    const next = (issuer.polls.length > 1 ? issuer.polls.shift() : issuer.polls[0]) ?? 'granted';
    return next === 'granted' ? { status: 200, body: tokens() } : { status: 400, body: { error: next } };
  };
  return issuer;
}
