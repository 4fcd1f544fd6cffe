import { signedJsonCall } from './signed-json-call.ts';

/** One client of each service, made when it is first used: a doctor that reads a file loads none. */
export interface AwsPlace {
  readonly region: string;
  readonly profile: string | null;
}

const ANSWER_MS_MAX = 20_000;

export async function openClients({ region, profile }: AwsPlace) {
  const options = {
    region,
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: ANSWER_MS_MAX, throwOnRequestTimeout: true },
    ...(profile === null ? {} : { profile }),
  };
  const [
    ec2,
    lambda,
    iam,
    sqs,
    s3,
    secrets,
    rds,
    cache,
    efs,
    dns,
    watch,
    logs,
    apis,
    ssm,
    sts,
    memory,
    warehouse,
    search,
    kafka,
    quotas,
    table,
  ] = await Promise.all([
    import('@aws-sdk/client-ec2'),
    import('@aws-sdk/client-lambda'),
    import('@aws-sdk/client-iam'),
    import('@aws-sdk/client-sqs'),
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-secrets-manager'),
    import('@aws-sdk/client-rds'),
    import('@aws-sdk/client-elasticache'),
    import('@aws-sdk/client-efs'),
    import('@aws-sdk/client-route-53'),
    import('@aws-sdk/client-cloudwatch'),
    import('@aws-sdk/client-cloudwatch-logs'),
    import('@aws-sdk/client-api-gateway'),
    import('@aws-sdk/client-ssm'),
    import('@aws-sdk/client-sts'),
    import('@aws-sdk/client-memorydb'),
    import('@aws-sdk/client-redshift'),
    import('@aws-sdk/client-opensearch'),
    import('@aws-sdk/client-kafka'),
    import('@aws-sdk/client-service-quotas'),
    import('@aws-sdk/client-dynamodb'),
  ]);
  const caller = new sts.STS(options);
  return {
    ec2: new ec2.EC2(options),
    lambda: new lambda.Lambda(options),
    iam: new iam.IAM(options),
    sqs: new sqs.SQS(options),
    s3: new s3.S3({ ...options, forcePathStyle: true, followRegionRedirects: true }),
    secrets: new secrets.SecretsManager(options),
    rds: new rds.RDS(options),
    cache: new cache.ElastiCache(options),
    efs: new efs.EFS(options),
    dns: new dns.Route53(options),
    watch: new watch.CloudWatch(options),
    logs: new logs.CloudWatchLogs(options),
    apis: new apis.APIGateway(options),
    ssm: new ssm.SSM(options),
    sts: caller,
    memory: new memory.MemoryDB(options),
    warehouse: new warehouse.Redshift(options),
    search: new search.OpenSearch(options),
    kafka: new kafka.Kafka(options),
    quotas: new quotas.ServiceQuotas(options),
    table: new table.DynamoDB(options),
    resolver: {
      /** A call of Route 53 Resolver by its name: `ListResolverRules`. */
      call: async (name: string, input: Readonly<Record<string, unknown>>) => {
        const given = process.env.AWS_ENDPOINT_URL_ROUTE53RESOLVER ?? process.env.AWS_ENDPOINT_URL;
        const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
        const facts = { ...(await caller.config.credentials()), region };
        const endpoint = given ?? `https://route53resolver.${region}.${domain}/`;
        return signedJsonCall('route53resolver', `Route53Resolver.${name}`, input, facts, endpoint);
      },
      destroy: () => {},
    },
  };
}

export type Clients = Awaited<ReturnType<typeof openClients>>;
