/** A program of one verb each for what the package promises; the tests run it as a process. */
import { createLogger } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { Command } from 'commander';
import {
  colour,
  EXIT_USAGE,
  figures,
  printJson,
  printLine,
  printNote,
  printTable,
  runProgram,
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
    else printTable(['SHOP', figures('TOTAL')], [[shop, '9.00']]);
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
program.addCommand(
  verb('list', async () => {
    printTable(
      [
        figures('#'),
        'id',
        { title: 'merchant', min: 12 },
        { title: 'printed', min: 10, dispensable: 2 },
        { title: 'file', min: 10, dispensable: 1 },
        'date',
        figures('total'),
        'status',
      ],
      ['SERI MELATI HARDWARE TRADING SDN BHD', 'らーめん 大勝軒 東池袋本店', 'SHOP'].map((merchant, index) => [
        String(index + 1),
        'c1ee5e93/1',
        colour.yellow(merchant),
        `${merchant} (printed)`,
        'a-photograph-with-a-long-name.jpg',
        '2026-04-05',
        '1,234,567.50 MYR',
        'NEEDS_REVIEW',
      ]),
    );
    printLine(`The sums do not hold: ${'the items add up to 41.50 and the total is 43.50; '.repeat(3)}look at it.`);
    return 0;
  }),
);
program.addCommand(
  verb('much', async () => {
    for (let line = 0; line < 20_000; line += 1) printLine(`line ${line} ${'x'.repeat(80)}`);
    return 0;
  }),
);
program.addCommand(
  verb('work', async () => {
    const logger = createLogger({ name: 'program', level: 'info' });
    for (let at = 0; at < 3; at += 1) {
      logger.info('a line of the log');
      printLine('a line for people');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    logger.info('done');
    return 0;
  }),
);
await runProgram(program);
