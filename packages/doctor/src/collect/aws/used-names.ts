import type { Snapshot } from '../../snapshot/snapshot.ts';

/** Every ARN of a service that a mapping, a destination, a role or a variable of the functions names. */
export function arnsInUse(snapshot: Snapshot, service: string): string[] {
  const isOfService = (arn: string | null | undefined): arn is string =>
    new RegExp(`^arn:aws[\\w-]*:${service}:`).test(arn ?? '');
  const named = [
    ...snapshot.mappings.flatMap(({ source, on_failure }) => [source, on_failure]),
    ...snapshot.functions.flatMap(({ dead_letter_target, async_destinations, environment }) => [
      dead_letter_target,
      ...async_destinations,
      ...Object.values(environment ?? {}),
    ]),
    ...snapshot.roles.flatMap(({ statements }) => statements.flatMap(({ resources }) => resources)),
  ];
  return [...new Set(named.filter(isOfService))];
}

const KINDS: Readonly<Record<string, { readonly service: string; readonly name: RegExp }>> = {
  dynamodb: { service: 'dynamodb', name: /:table\/([\w.-]+)$/ },
  sns: { service: 'sns', name: /:([\w-]+)$/ },
  kinesis: { service: 'kinesis', name: /:stream\/([\w.-]+)$/ },
  ssm: { service: 'ssm', name: /:parameter(\/[\w./-]+)$/ },
  states: { service: 'states', name: /:stateMachine:([\w-]+)$/ },
  events: { service: 'events', name: /:event-bus\/([\w./-]+)$/ },
  firehose: { service: 'firehose', name: /:deliverystream\/([\w.-]+)$/ },
};

/** What only has to be named, so that a variable with a bare name is recognised: read from the ARNs, without a call. */
export function nameResources(snapshot: Snapshot): void {
  for (const [kind, { service, name: pattern }] of Object.entries(KINDS))
    for (const arn of arnsInUse(snapshot, service)) {
      const name = pattern.exec(arn)?.[1];
      if (name && !snapshot.resources.some((known) => known.arn === arn))
        snapshot.resources.push({ id: arn, kind, arn, name });
    }
}
