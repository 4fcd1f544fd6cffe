import { QUEUE_NAMES, SlipstreamError } from '@slipstream/shared';
import { colour, EXIT_FAILED, printJson, printLine, printTable, type Verb } from '@slipstream/terminal';
import { deadLetters, type QueuedLetter, reasonCode, redrive } from '../service/dead-letters.ts';
import { OPERATION_SETTINGS, openOperations } from '../service/open-operations.ts';

const QUEUE_OPTION = ['--queue <name>', `Only this queue: ${QUEUE_NAMES.join(', ')}`] as const;
const REASON_OPTION = ['--reason <code>', 'Only letters with this reason'] as const;

export const deadListVerb: Verb<(typeof OPERATION_SETTINGS)[number]> = {
  name: 'list',
  summary: 'List the dead letters, with their reasons',
  examples: ['slipstream dead list', 'slipstream dead list --queue ocr-queue --reason IMAGE_UNREADABLE'],
  options: [QUEUE_OPTION, REASON_OPTION],
  settings: OPERATION_SETTINGS,
  run: async ({ options, settings, json, logger }) => {
    const operations = await openOperations(settings, logger);
    try {
      const letters = await Array.fromAsync(deadLetters(operations, filterOf(options)));
      if (json) printJson(letters.map(letterView));
      else if (letters.length === 0) printLine('No dead letters.');
      else {
        printTable(
          [
            'id',
            'queue',
            { title: 'reason', min: 12 },
            { title: 'received', dispensable: 2 },
            { title: 'message', min: 20 },
          ],
          letters.map(({ queue, letter }) => [
            letter.id,
            queue,
            reasonCode(letter),
            `${letter.receiveCount}x`,
            letter.reason?.message ?? 'the queue gave it up; the job tells its last error',
          ]),
        );
      }
      return 0;
    } finally {
      await operations.close();
    }
  },
};

export const deadShowVerb: Verb<(typeof OPERATION_SETTINGS)[number]> = {
  name: 'show',
  summary: 'Show one dead letter whole: reason, details, message',
  examples: ['slipstream dead show LETTER_ID'],
  args: [['<id>', "The letter's id"]],
  settings: OPERATION_SETTINGS,
  run: async ({ args, settings, json, logger }) => {
    const operations = await openOperations(settings, logger);
    try {
      for await (const { queue, letter } of deadLetters(operations, { ids: args })) {
        if (json) printJson(letterView({ queue, letter }));
        else {
          printLine(
            `${letter.id} in ${queue}, received ${letter.receiveCount} times, dead since ${new Date(letter.deadAt).toISOString()}`,
          );
          printLine(colour.red(`${letter.reason?.message ?? 'The queue gave it up.'} (${reasonCode(letter)})`));
          for (const [name, value] of Object.entries(letter.reason?.details ?? {})) printLine(`  ${name}: ${value}`);
          printLine(letter.body);
        }
        return 0;
      }
      throw new SlipstreamError('NOT_FOUND', `There is no dead letter ${args[0]}; slipstream dead list shows them.`);
    } finally {
      await operations.close();
    }
  },
};

export const deadRedriveVerb: Verb<(typeof OPERATION_SETTINGS)[number]> = {
  name: 'redrive',
  summary: 'Requeue dead letters, after their cause is fixed; safe to repeat',
  examples: ['slipstream dead redrive --reason ENGINE_FAILED --dry-run', 'slipstream dead redrive LETTER_ID'],
  args: [['[ids...]', 'Letters; none given: all that the options leave']],
  options: [QUEUE_OPTION, REASON_OPTION, ['--dry-run', 'Only say what would be sent again']],
  settings: OPERATION_SETTINGS,
  run: async ({ args, options, settings, json, logger }) => {
    const operations = await openOperations(settings, logger);
    try {
      // All of them first: what is sent again may die again, and must not be met twice.
      const letters = await Array.fromAsync(deadLetters(operations, { ...filterOf(options), ids: args }));
      const results = [];
      for (const queued of letters) {
        const redriven = options.dryRun === true ? false : await redrive(operations, queued);
        results.push({ id: queued.letter.id, queue: queued.queue, reason: reasonCode(queued.letter), redriven });
      }
      if (json) printJson(results);
      else {
        for (const { id, queue, reason, redriven } of results) {
          const what = options.dryRun ? 'would be sent again' : redriven ? 'sent again' : 'was gone already';
          printLine(`${id}  ${queue}  ${reason}  ${what}`);
        }
        if (results.length === 0) printLine('No dead letters match.');
      }
      return args.length > results.length ? EXIT_FAILED : 0;
    } finally {
      await operations.close();
    }
  },
};

/** As programs read it: times as instants. */
function letterView({ queue, letter: { id, body, reason, receiveCount, deadAt } }: QueuedLetter) {
  return { queue, id, body, reason, receive_count: receiveCount, dead_at: new Date(deadAt).toISOString() };
}

function filterOf(options: Readonly<Record<string, unknown>>): { queue?: string; reason?: string } {
  const { queue, reason } = options;
  if (typeof queue === 'string' && !QUEUE_NAMES.some((name) => name === queue)) {
    throw new SlipstreamError('REQUEST_INVALID', `There is no queue ${queue}: ${QUEUE_NAMES.join(', ')}.`);
  }
  return { ...(typeof queue === 'string' ? { queue } : {}), ...(typeof reason === 'string' ? { reason } : {}) };
}
