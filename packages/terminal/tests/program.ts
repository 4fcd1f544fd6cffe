/** A program of one verb each for what the package promises; the tests run it as a process. */
import { SlipstreamError } from '@slipstream/shared';
import { Command } from 'commander';
import {
  EXIT_USAGE,
  printJson,
  printLine,
  printNote,
  printTable,
  startProgress,
  stopSignal,
  type Verb,
  verbCommand,
} from '../src/index.ts';

const verb = (name: string, run: Verb<never>['run']): Command =>
  verbCommand({
    name,
    summary: `Tries ${name}`,
    examples: [`program ${name} --json`],
    options: [['--shop <name>', 'Whose', 'Corner Shop']],
    settings: [],
    run,
  });

const program = new Command('program');
program.addCommand(
  verb('show', async ({ json, options }) => {
    const shop = String(options.shop);
    if (json) printJson({ shop });
    else printTable(['SHOP', 'TOTAL'], [[shop, '9.00']], [1]);
    return 0;
  }),
);
program.addCommand(
  verb('refuse', async () => {
    throw new SlipstreamError('NOT_FOUND', 'No such receipt: \u001b[8mx. List them with: program show');
  }),
);
program.addCommand(verb('usage', async () => EXIT_USAGE));
program.addCommand(
  verb('count', async () => {
    const progress = startProgress(2, 'Reading');
    progress.update(1, 'a.jpg');
    progress.update(2, 'b.jpg');
    progress.stop();
    printLine('2 read');
    return 0;
  }),
);
program.addCommand(
  verb('wait', async ({ options }) => {
    const stopped = stopSignal();
    const alive = setInterval(() => {}, 1_000);
    printLine('waiting');
    await stopped;
    printNote('ending');
    // What takes too long to end well: a second signal is for this.
    if (options.shop === 'slow') await new Promise(() => {});
    clearInterval(alive);
    return 0;
  }),
);
await program.parseAsync();
