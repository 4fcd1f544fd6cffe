import { AwsProvider } from '@cdktn/provider-aws/lib/provider/index.js';
import type { FunctionNeeds } from '@slipstream/shared';
import { LocalBackend, S3Backend, TerraformOutput, TerraformStack } from 'cdktn';
import type { Construct } from 'constructs';
import { AgentAccess } from '../agent/agent-access.ts';
import { HttpApi } from '../api/http-api.ts';
import { type Bundles, needsOfBundles } from '../bundles/bundle.ts';
import { ConsoleHosting } from '../console/console-hosting.ts';
import { Buckets } from '../data/buckets.ts';
import { EncryptionKey } from '../data/encryption-key.ts';
import { Queues } from '../data/queues.ts';
import { Secrets } from '../data/secrets.ts';
import { SharedFiles } from '../data/shared-files.ts';
import { Table } from '../data/table.ts';
import { UploadEvents } from '../data/upload-events.ts';
import { checkEnvironment } from '../environments/check-environment.ts';
import type { Environment, NewNetwork } from '../environments/environment.ts';
import { stackName } from '../environments/index.ts';
import { egressPorts, endpointsToBuild, needsNat } from '../environments/network-needs.ts';
import { reachableTargets } from '../environments/reach.ts';
import { functionOutputs } from '../functions/function-outputs.ts';
import { Functions } from '../functions/functions.ts';
import { functionVariables } from '../functions/variables.ts';
import { NatGateway } from '../nat/nat-gateway.ts';
import { NatInstance } from '../nat-instance/index.ts';
import { Endpoints } from '../network/endpoints.ts';
import { FunctionsGroup } from '../network/functions-group.ts';
import type { Network } from '../network/network.ts';
import { type PublicSubnet, VpcNetwork } from '../network/vpc-network.ts';
import type { EnvironmentState } from '../state/environment-state.ts';
import { type Place, placeOf, STACK_TAG } from '../terraform/place.ts';
import type { WatchedNat } from '../watching/nat-alarm.ts';
import { Watching } from '../watching/watching.ts';

export interface StackOptions {
  readonly bundles: Bundles;
  readonly agentNeeds: FunctionNeeds;
  /** null: a file beside cdktf.json, for a first look. */
  readonly state: EnvironmentState | null;
  /** Another endpoint than AWS's own: a test server. */
  readonly endpoint: string | null;
}

/** The version that the constructs' classes were generated from (@cdktn/provider-aws), which a test holds it to. */
export const PROVIDER_VERSION = '6.66.0';

/** One environment, whole. */
export class SlipstreamStack extends TerraformStack {
  constructor(scope: Construct, environment: Environment, options: StackOptions) {
    super(scope, stackName(environment));
    const needsOf = needsOfBundles(options.bundles);
    checkEnvironment(environment, needsOf);
    this.#terraform(environment, options);
    const place = placeOf(this, environment);

    const key = new EncryptionKey(this, 'key', place, { consoleHosting: environment.console_hosting });
    const buckets = new Buckets(this, 'buckets', place, environment, key.arn);
    const table = new Table(this, 'table', place, key.arn, environment.deletion_protection);
    const queues = new Queues(this, 'queues', place, environment, key.arn, buckets.raw.arn);
    const secrets = new Secrets(this, 'secrets', place, key.arn, environment.deletion_protection);
    const data = { buckets, table, queues, secrets };
    new UploadEvents(this, 'upload-events', buckets.raw.name, queues.pairs['uploads-queue'].arn, queues.uploadsPolicy);
    table.putConfig({
      raw_bucket: buckets.raw.name,
      artifacts_bucket: buckets.artifacts.name,
      ocr_job_queue_url: queues.pairs['ocr-queue'].url,
      ocr_results_queue_url: queues.pairs['ocr-results-queue'].url,
    });

    const network =
      environment.network.kind === 'new' ? new VpcNetwork(this, 'network', place.name, environment.network) : null;
    const found: Network = network ?? existingNetwork(environment);
    const group = new FunctionsGroup(
      this,
      'functions-group',
      place.name,
      found.vpcId,
      egressPorts(environment, needsOf),
    );
    const nat = network ? this.#nat(place, environment, network, group.id) : null;
    new Endpoints(this, 'endpoints', place, environment, found, endpointsToBuild(environment, needsOf), {
      functionsGroupId: group.id,
      bucketArns: [buckets.raw.arn, buckets.artifacts.arn],
      tableArn: table.arn,
    });
    const files = environment.efs ? new SharedFiles(this, 'shared-files', place, found, group.id, key.arn) : null;

    const functions = new Functions(
      this,
      'functions',
      {
        place,
        environment,
        data,
        keyArn: key.arn,
        network: found,
        functionsGroupId: group.id,
        files,
        variables: functionVariables(data, environment),
      },
      options.bundles,
    );
    const api = new HttpApi(this, 'http-api', place, environment, functions.get('api'), key.arn);
    const consoleHosting = environment.console_hosting
      ? new ConsoleHosting(this, 'console', place, environment, key.arn)
      : null;
    const agent = new AgentAccess(this, 'agent', place, environment.agent_access, options.agentNeeds, data, key.arn);
    const watching = new Watching(this, 'watching', place, environment, key.arn, {
      queues,
      functions,
      apiId: api.apiId,
      apiUrl: api.url,
      nat: watchedNat(nat),
    });

    this.#outputs({
      // The names are those of the programs' settings: `receipt-ocr --outputs` reads the file as it is.
      region: environment.region,
      dynamo_table_name: table.name,
      raw_bucket: buckets.raw.name,
      artifacts_bucket: buckets.artifacts.name,
      ...functionOutputs(queues, functions),
      api_url: api.url,
      ...api.outputs,
      // Empty: verify tries the rights of whoever runs it in place of the roles'.
      verify_operator_arns: environment.verify.operator_arns.join(','),
      // Empty: the functions' network reaches all that the probe knows.
      verify_targets: reachableTargets(environment, needsOf)?.join(',') ?? '',
      alarm_topic_arn: watching.topicArn,
      openai_secret_arn: secrets.arns.openai,
      places_secret_arn: secrets.arns.places,
      ...agent.outputs,
      ...(nat ? { nat_public_address: nat.publicAddress } : {}),
      ...(consoleHosting ? { console_url: consoleHosting.url, console_bucket: consoleHosting.bucketName } : {}),
    });
  }

  #terraform(environment: Environment, { state, endpoint }: StackOptions): void {
    new AwsProvider(this, 'aws', {
      region: environment.region,
      // Credentials of another account end the run before anything is read or made.
      ...(state ? { allowedAccountIds: [state.account_id] } : {}),
      defaultTags: [{ tags: { ...stackTags(environment), 'managed-by': 'terraform' } }],
      // A test server knows neither bucket host names nor the account behind a key.
      ...(endpoint === null
        ? {}
        : { s3UsePathStyle: true, skipCredentialsValidation: true, skipMetadataApiCheck: 'true' }),
    });
    this.addOverride('terraform.required_providers.aws.version', PROVIDER_VERSION);
    // S3's own lock file, which the backend has had since 1.10.
    this.addOverride('terraform.required_version', '>= 1.10.0');
    const key = `${stackName(environment)}.tfstate`;
    if (state)
      new S3Backend(this, {
        bucket: state.bucket,
        region: state.region,
        key,
        encrypt: true,
        useLockfile: true,
        // The state is read before the provider compares accounts.
        allowedAccountIds: [state.account_id],
      });
    else new LocalBackend(this, { path: `../../../${key}` });
  }

  #nat(
    place: Place,
    environment: Environment,
    network: VpcNetwork,
    functionsGroupId: string,
  ): NatInstance | NatGateway | null {
    const { nat, network: config } = environment;
    if (config.kind !== 'new' || nat.kind === 'none' || !needsNat(environment)) return null;
    const subnet = natSubnet(network, config);
    if (nat.kind === 'gateway') return new NatGateway(this, 'nat', place, network, subnet);
    return new NatInstance(this, 'nat', {
      name: place.name,
      region: place.region,
      accountId: place.accountId,
      vpcId: network.vpcId,
      subnet,
      routeTableIds: network.privateRouteTableIds,
      privateCidrs: config.private_subnets.map(({ cidr }) => cidr),
      securityGroupIds: [functionsGroupId],
      instanceType: nat.instance_type,
      imageVersion: nat.image_version,
      metricEnvironment: environment.name,
      // Auto Scaling passes none of the provider's default tags on to what it starts.
      tags: stackTags(environment),
      dependsOn: network.internet,
    });
  }

  #outputs(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value });
  }
}

function existingNetwork({ network }: Environment): Network {
  if (network.kind !== 'existing') throw new Error('This network is to be made, not found.');
  return { vpcId: network.vpc_id, privateSubnetIds: network.subnet_ids, routeTableIds: network.route_table_ids };
}

/** `slipstream-stack` is what costs are told apart by: the others may be used by something else of the account. */
function stackTags(environment: Environment): Record<string, string> {
  return { project: 'slipstream', environment: environment.name, [STACK_TAG]: stackName(environment) };
}

/** A public subnet that shares its zone with a private one: traffic between zones is charged. */
function natSubnet(network: VpcNetwork, config: NewNetwork): PublicSubnet {
  const zones = config.private_subnets.map((subnet) => subnet.zone_id);
  const subnet = network.publicSubnets.find(({ zoneId }) => zones.includes(zoneId)) ?? network.publicSubnets[0];
  if (!subnet) throw new Error('A NAT needs a public subnet.');
  return subnet;
}

function watchedNat(nat: NatInstance | NatGateway | null): WatchedNat | null {
  if (nat instanceof NatInstance) return { kind: 'instance', groupName: nat.groupName };
  return nat && { kind: 'gateway', gatewayId: nat.gatewayId };
}
