import { readFileSync, writeFileSync } from 'node:fs';
import { NOT_MADE } from './cannot.ts';

export interface OverrideOptions {
  /** Of the mirror. */
  readonly providerVersion: string;
  /** Where people sign in in the walk. */
  readonly issuer: string;
}

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly terraform: { readonly required_providers: { readonly aws: { readonly version: string } } };
}

/** Terraform's override file for a synthesised stack: what `cannot.ts` names, and nothing else. */
export function writeOverrides(stackFile: string, overrideFile: string, options: OverrideOptions): void {
  const stack: Stack = JSON.parse(readFileSync(stackFile, 'utf8'));
  const ids = (type: string) => Object.keys(stack.resource[type] ?? {});
  const each = (type: string, change: object) => ({ [type]: Object.fromEntries(ids(type).map((id) => [id, change])) });
  const isOlder = options.providerVersion !== stack.terraform.required_providers.aws.version;
  const [authorizer] = Object.values(stack.resource.aws_apigatewayv2_authorizer ?? {});
  const { jwt_configuration } = Object(authorizer);
  const resource = {
    ...Object.assign({}, ...Object.keys(NOT_MADE).map((type) => each(type, { count: 0 }))),
    ...each('aws_apigatewayv2_authorizer', { jwt_configuration: { ...jwt_configuration, issuer: options.issuer } }),
    ...each('aws_autoscaling_group', { lifecycle: { ignore_changes: 'all' } }),
    ...each('aws_vpc_security_group_ingress_rule', { lifecycle: { ignore_changes: 'all' } }),
    ...each('aws_sqs_queue', { lifecycle: { ignore_changes: ['redrive_policy'] } }),
    ...each('aws_lambda_function', {
      lifecycle: { ignore_changes: ['logging_config'] },
      ...(isOlder ? { runtime: 'nodejs22.x' } : {}),
    }),
  };
  const override = {
    resource,
    output: { api_issuer: { value: options.issuer } },
    ...(isOlder
      ? { terraform: { required_providers: { aws: { source: 'aws', version: options.providerVersion } } } }
      : {}),
  };
  writeFileSync(overrideFile, JSON.stringify(override, null, 2));
}
