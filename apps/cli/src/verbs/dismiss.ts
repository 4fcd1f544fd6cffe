import { SlipstreamError } from '@slipstream/shared';
import { printJson, printLine, type Verb } from '@slipstream/terminal';
import { deadLetters, type QueuedLetter, reasonCode } from '../service/dead-letters.ts';
import { OPERATION_SETTINGS, openOperations } from '../service/open-operations.ts';

export const dismissVerb: Verb<(typeof OPERATION_SETTINGS)[number]> = {
  name: 'dismiss',
  summary: 'Remove dead letters that are of no more use; an image and its failure go with slipstream delete',
  examples: [
    'slipstream list --failed',
    'slipstream dismiss LETTER_ID',
    'slipstream dismiss LETTER_ID LETTER_ID --json',
  ],
  args: [['<ids...>', "The dead letters' ids, or their beginnings"]],
  settings: OPERATION_SETTINGS,
  run: async ({ args, settings, json, logger }) => {
    const operations = await openOperations(settings, logger);
    try {
      // All of them first: of a list with a wrong id nothing is removed.
      const letters = new Map<string, QueuedLetter>();
      for (const arg of args) {
        const found = await Array.fromAsync(deadLetters(operations, { ids: [arg] }));
        const [letter, ...others] = found;
        if (letter === undefined) throw unknown(arg);
        if (others.length > 0) throw ambiguous(arg, found.length);
        letters.set(letter.letter.id, letter);
      }
      const results = [];
      for (const { queue, letter } of letters.values()) {
        await operations.queues[queue]?.dead.remove(letter.id);
        results.push({ id: letter.id, queue, reason: reasonCode(letter) });
      }
      if (json) printJson(results);
      else for (const { id, queue, reason } of results) printLine(`${id} is gone from ${queue} (${reason})`);
      return 0;
    } finally {
      await operations.close();
    }
  },
};

function unknown(id: string): SlipstreamError {
  return new SlipstreamError(
    'NOT_FOUND',
    `There is no dead letter ${id}; slipstream dead list shows them. An image's failure goes with slipstream delete IMAGE_ID.`,
  );
}

function ambiguous(id: string, count: number): SlipstreamError {
  return new SlipstreamError('REQUEST_INVALID', `${id} begins the ids of ${count} dead letters: add a letter or two.`);
}
