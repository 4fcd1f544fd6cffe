import { INDEX_SETTINGS, indexCollections } from '@slipstream/runtime';
import { type AgentRecord, styled, type TextPart } from '@slipstream/shared';
import { colour, EXIT_FAILED, printJson, printLine, printPairs, type Verb } from '@slipstream/terminal';
import { COUNTED_MAX, type PlaceStatus, placeStatus } from '../health/place-status.ts';
import { duration } from '../output/ago.ts';
import { counted } from '../output/why-empty.ts';
import { OPERATION_SETTINGS, openOperations } from '../service/open-operations.ts';

const SETTINGS = [...OPERATION_SETTINGS, ...INDEX_SETTINGS, 'image_bytes_max'] as const;
const GIGABYTE = 1_000_000_000;

export const statusVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'status',
  summary: 'Say what waits, what is in hand, what failed, how the engines are, and whether there is room',
  examples: ['slipstream status', 'slipstream status --json', 'slipstream status --stack dev'],
  settings: SETTINGS,
  run: async ({ settings, json, logger }) => {
    const operations = await openOperations(settings, logger);
    try {
      const collections = indexCollections(settings);
      const status = await placeStatus(operations, { imageBytesMax: settings.image_bytes_max, collections });
      if (json) printJson(statusView(status));
      else print(status);
      return status.problems.length === 0 ? 0 : EXIT_FAILED;
    } finally {
      await operations.close();
    }
  },
};

function statusView({ agents, problems, ...status }: PlaceStatus) {
  return {
    ...status,
    agents: agents.map(agentView),
    problems: problems.map(({ code, message }) => ({ code, message })),
  };
}

function agentView({
  agent_id,
  engine,
  engine_version,
  state,
  health,
  health_reason,
  in_hand,
  done,
  failed,
  updated_at,
}: AgentRecord) {
  return {
    agent_id,
    engine,
    engine_version,
    state,
    health: health ?? null,
    health_reason: health_reason ?? null,
    in_hand,
    done,
    failed,
    heard_at: updated_at,
  };
}

function print(status: PlaceStatus): void {
  const { images, dead_letters, agents, index, disk, problems } = status;
  printLine(colour.bold(status.place));
  printPairs([
    ...(status.running ? [['running', runningText(status.running)] as const] : []),
    ['waiting', waitingText(status)],
    ['in hand', images.in_hand === 0 ? 'nothing' : imagesText(images.in_hand)],
    ['failed', failedText(images.failed, dead_letters)],
    ...(images.no_receipt ? [['no receipt', withoutText(images.no_receipt)] as const] : []),
    ...(agents.length === 0 ? [['engine', colour.yellow('no agent reads')] as const] : agents.map(engineText)),
    ...index.map(({ collection, published, pending }) => {
      const rows = published ? `${counted(published.rows, 'row', 'rows')}, ${pending} to be merged` : 'not made yet';
      return ['index', `${collection}: ${rows}`] as const;
    }),
    ...(disk ? [['disk', `${gigabytes(disk.free_bytes)} free of ${gigabytes(disk.size_bytes)}`] as const] : []),
  ]);
  for (const { message, stops } of problems) printLine(stops ? colour.red(message) : colour.yellow(message));
}

function runningText(running: NonNullable<PlaceStatus['running']>): TextPart {
  if (running.length === 0) return colour.yellow('no; start it with slipstream dev');
  return running.map(({ pid, url }) => `slipstream dev, process ${pid}, ${url}`).join('; ');
}

function waitingText({ images, oldest_age_ms }: PlaceStatus): string {
  if (images.waiting === 0) return 'nothing';
  const since = oldest_age_ms === null ? '' : `, the oldest message for ${duration(oldest_age_ms)}`;
  return `${imagesText(images.waiting)}${since}`;
}

function failedText(failed: number, deadLetters: number): TextPart {
  if (failed + deadLetters === 0) return 'nothing';
  const letters = deadLetters === 0 ? '' : `, ${counted(deadLetters, 'dead letter', 'dead letters')}`;
  return styled`${colour.red(`${imagesText(failed)}${letters}`)}: slipstream list --failed`;
}

const withoutText = (count: number): TextPart =>
  styled`${colour.yellow(imagesText(count))}: slipstream list --status NO_RECEIPT`;

const imagesText = (count: number) =>
  count >= COUNTED_MAX ? `${COUNTED_MAX} images or more` : counted(count, 'image', 'images');

function engineText(agent: AgentRecord): readonly [string, TextPart] {
  const { engine, engine_version, state, health = 'ok', health_reason, in_hand, done, failed } = agent;
  const how: TextPart =
    health === 'ok' ? colour.green('well') : colour.yellow(`${health}: ${health_reason ?? 'it does not say why'}`);
  return [
    'engine',
    styled`${engine} ${engine_version}, ${how}; ${state}, ${in_hand} in hand, ${done} done, ${failed} failed`,
  ];
}

const gigabytes = (bytes: number) => `${(bytes / GIGABYTE).toFixed(1)} GB`;
