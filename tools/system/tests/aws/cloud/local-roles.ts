import type { FunctionNeeds } from '@slipstream/shared';
import { jsonError, s3Error } from './aws-answers.ts';
import type { Fault, Passing } from './fault-proxy.ts';
import type { Resources } from './make-resources.ts';
import { declaredRights, rightsOf, type UsedRight } from './recorded-calls.ts';

/** One's own hands, which may do everything that is not denied. */
export const OPERATOR = 'operator';

/**
 * Stands in for IAM and STS, which the server does not enforce: a caller is known by its access key, which is its
 * role's name, and a role may do what `needs.json` says and nothing else.
 */
export class LocalRoles {
  /** Rights that are taken from a caller, whatever it has else. */
  readonly denied = new Map<string, ReadonlySet<UsedRight>>();
  /** Roles that the operator may assume: all, until one is taken out. */
  readonly assumable: Set<string>;
  readonly #resources: Resources;
  readonly #rights: ReadonlyMap<string, ReadonlySet<UsedRight>>;

  constructor(resources: Resources, needs: readonly FunctionNeeds[]) {
    this.#resources = resources;
    this.#rights = new Map(needs.map((each) => [each.function, declaredRights(each)]));
    this.assumable = new Set(this.#rights.keys());
  }

  /** For the proxy's `decide`. */
  verdict(passing: Passing): Fault | null {
    if (passing.service === 'sts') return this.#assume(passing);
    const rights = this.#rights.get(passing.caller);
    const denied = this.denied.get(passing.caller);
    const refused = rightsOf(passing.request, passing.body, this.#resources).find(
      (right) => denied?.has(right) || (rights !== undefined && !rights.has(right)),
    );
    return refused === undefined ? null : accessDenied(passing, refused);
  }

  #assume({ body, caller }: Passing): Fault {
    const arn = new URLSearchParams(body.toString('utf8')).get('RoleArn') ?? '';
    const name = arn.split('/').at(-1) ?? '';
    if (caller === OPERATOR && this.assumable.has(name)) return sessionOf(name, arn);
    const Message = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
    const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${Message}</Message></Error>`;
    return { kind: 'answer', status: 403, headers: XML, body: `<ErrorResponse>${error}</ErrorResponse>` };
  }
}

export function roleArnOf(name: string): string {
  return `arn:aws:iam::000000000000:role/${name}`;
}

const XML = { 'content-type': 'text/xml' };

function sessionOf(name: string, arn: string): Fault {
  const credentials = [
    `<AccessKeyId>${name}</AccessKeyId>`,
    '<SecretAccessKey>test</SecretAccessKey>',
    '<SessionToken>test</SessionToken>',
    `<Expiration>${new Date(Date.now() + 900_000).toISOString()}</Expiration>`,
  ].join('');
  const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><Arn>${arn}/test</Arn><AssumedRoleId>AROATEST:test</AssumedRoleId></AssumedRoleUser>
    <Credentials>${credentials}</Credentials></AssumeRoleResult></AssumeRoleResponse>`;
  return { kind: 'answer', status: 200, headers: XML, body };
}

/** In each service's own form. */
function accessDenied({ service, caller }: Passing, right: UsedRight): Fault {
  const message = `User: ${caller} is not authorized to perform: ${right}`;
  if (service === 's3') return s3Error(403, 'AccessDenied');
  if (service === 'sqs') return jsonError(400, 'com.amazonaws.sqs#AccessDenied', message);
  return jsonError(400, 'com.amazon.coral.service#AccessDeniedException', message);
}
