import { SlipstreamError, systemClock } from '@slipstream/shared';
import { logFacts } from '../../logs/log-facts.ts';
import { readRequestsOf } from '../../logs/requests.ts';
import { GUEST_QUESTIONS, readGuestReport } from '../../probe/guest-report.ts';
import { invokeFindings } from '../../probe/invoke-findings.ts';
import { probeAnswerSchema, probeFindings } from '../../probe/probe-findings.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { natInstances } from './nat-instances.ts';

/** Connections to each target at the same moment. */
const BURST = 8;
const ALIAS = 'live';

/** What no configuration shows: calls from inside the network, and what the NAT instance says of itself. */
export async function probeStack(
  clients: Clients,
  attempts: Attempts,
  stack: string | null,
  snapshot: Snapshot,
): Promise<void> {
  const probe = await probeName(clients.lambda, attempts, stack, snapshot);
  if (probe === null)
    snapshot.not_checked.push(
      'There is no function connectivity-probe in this stack: what is reached from inside was not measured.',
    );
  else await invokeProbe(clients.lambda, attempts, probe, snapshot);
  for (const nat of natInstances(snapshot)) await askGuest(clients.ssm, attempts, nat, snapshot);
}

async function probeName(
  lambda: Clients['lambda'],
  attempts: Attempts,
  stack: string | null,
  snapshot: Snapshot,
): Promise<string | null> {
  const known = snapshot.functions.find(({ name }) => name.endsWith('connectivity-probe'))?.name;
  if (known || stack === null) return known ?? null;
  return attempts.call(
    'lambda:GetFunctionConfiguration',
    async () =>
      (await lambda.getFunctionConfiguration({ FunctionName: `slipstream-${stack}-connectivity-probe` }))
        .FunctionName ?? null,
    null,
  );
}

async function invokeProbe(
  lambda: Clients['lambda'],
  attempts: Attempts,
  probe: string,
  snapshot: Snapshot,
): Promise<void> {
  const answer = await attempts.call(
    'lambda:InvokeFunction',
    async () => {
      const { FunctionError, Payload } = await invoke(lambda, probe, { bursts: BURST });
      const text = Buffer.from(Payload ?? []).toString('utf8');
      if (FunctionError) throw new SlipstreamError('REQUEST_INVALID', `${probe} failed: ${text.slice(0, 300)}`);
      return probeAnswerSchema.parse(JSON.parse(text));
    },
    null,
  );
  if (answer === null) return;
  const verify = `aws lambda invoke --function-name ${probe}:${ALIAS} /dev/stdout`;
  snapshot.measured.push(...probeFindings(answer, probe, snapshot, verify));
}

/** By its alias, which the function's rights name; a function without one by its name. */
async function invoke(lambda: Clients['lambda'], name: string, event: unknown) {
  const input = { FunctionName: name, Payload: Buffer.from(JSON.stringify(event)), LogType: 'Tail' } as const;
  try {
    return await lambda.invoke({ ...input, Qualifier: ALIAS });
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return lambda.invoke(input);
    throw thrown;
  }
}

/** Sends a function the empty batch: it does nothing, and shows whether it starts, connects and ends. */
export async function invokeEmptyBatch(
  { lambda }: Clients,
  attempts: Attempts,
  name: string,
  snapshot: Snapshot,
): Promise<void> {
  const startedAt = performance.now();
  const answer = await attempts.call('lambda:InvokeFunction', () => invoke(lambda, name, { Records: [] }), null);
  if (answer === null) return;
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8');
  const facts = logFacts(readRequestsOf(log.split('\n').map((line) => `${line}\n`)), `${name}, the empty batch`, name);
  snapshot.measured.push(
    ...invokeFindings({
      name,
      error: answer.FunctionError ?? null,
      body: Buffer.from(answer.Payload ?? [])
        .toString('utf8')
        .slice(0, 500),
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
      hosts: facts.hosts.map(({ host }) => host),
    }),
  );
}

const ASKS_MAX = 20;
const ASK_MS = 500;

async function askGuest(
  ssm: Clients['ssm'],
  attempts: Attempts,
  nat: Snapshot['instances'][number],
  snapshot: Snapshot,
): Promise<void> {
  const output = await attempts.call('ssm:SendCommand', () => runOn(ssm, nat.id), null);
  if (output === null) return;
  const { forwards, masquerades, connections_percent: used } = readGuestReport(output);
  nat.guest_forwards = forwards ?? nat.guest_forwards;
  nat.guest_masquerades = masquerades ?? nat.guest_masquerades;
  if (used !== null)
    snapshot.metrics.push({
      resource_id: nat.id,
      name: 'ConntrackUsedPercent',
      statistic: 'Maximum',
      value: used,
      minutes: 1,
    });
}

async function runOn(ssm: Clients['ssm'], instance: string): Promise<string> {
  const { Command } = await ssm.sendCommand({
    InstanceIds: [instance],
    DocumentName: 'AWS-RunShellScript',
    Parameters: { commands: [...GUEST_QUESTIONS] },
    TimeoutSeconds: 30,
  });
  for (let count = 0; count < ASKS_MAX; count += 1) {
    const { Status, StandardOutputContent } = await invocationOf(ssm, Command?.CommandId, instance);
    if (Status === 'Success') return StandardOutputContent ?? '';
    if (Status !== undefined && !/Pending|InProgress|Delayed/.test(Status))
      throw new SlipstreamError('REQUEST_INVALID', `the command ended with ${Status}`);
    await systemClock.sleep(ASK_MS);
  }
  throw new SlipstreamError('TIME_EXHAUSTED', `${instance} did not answer through Systems Manager in time`);
}

/** Right after it was sent, Systems Manager does not know the command yet. */
async function invocationOf(ssm: Clients['ssm'], CommandId: string | undefined, InstanceId: string) {
  try {
    return await ssm.getCommandInvocation({ CommandId, InstanceId });
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'InvocationDoesNotExist')
      return { Status: undefined, StandardOutputContent: undefined };
    throw thrown;
  }
}
