export const TARGET_NAMES = ['checkip', 'openai', 'places', 's3', 'dynamodb', 'sqs', 'secretsmanager'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

export interface ProbeTarget {
  readonly url: URL;
  /** Whether the answer's body is this machine's own address as the internet sees it. */
  readonly tells_address: boolean;
  /** A service of AWS: its 403 without a signature names what is missing, never that access is denied. */
  readonly is_aws: boolean;
}

/** The only places that are ever probed: by name, never by an address from the event. */
export function probeTargets(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<TargetName, ProbeTarget>> {
  const region = environment.AWS_REGION ?? 'us-east-1';
  const target = (url: string, tells_address = false, is_aws = false): ProbeTarget => ({
    url: new URL(url),
    tells_address,
    is_aws,
  });
  const service = (name: string) =>
    target(environment.AWS_ENDPOINT_URL ?? `https://${name}.${region}.amazonaws.com/`, false, true);
  const placesUrl = (environment.GOOGLE_PLACES_BASE_URL ?? 'https://places.googleapis.com').replace(/\/+$/, '');
  const modelUrl = (environment.OPENAI_BASE_URL ?? 'https://api.openai.com/v1').replace(/\/+$/, '');
  return {
    checkip: target('https://checkip.amazonaws.com/', true),
    openai: target(`${modelUrl}/models`),
    places: target(`${placesUrl}/v1/places:autocomplete`),
    s3: service('s3'),
    dynamodb: service('dynamodb'),
    sqs: service('sqs'),
    secretsmanager: service('secretsmanager'),
  };
}
