import { SlipstreamError } from '@slipstream/shared';
import { printJson, printLine, type Verb } from '@slipstream/terminal';
import { readStack } from '../remote/read-stack.ts';
import { restoreRecords } from '../restore/restore-records.ts';

const SETTINGS = ['stack', 'outputs', 'profile'] as const;

export const restoreRecordsVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'restore-records',
  summary:
    "Bring records of a restored table back into a deployed stack's, each by a condition: what is missing or older is written, what is newer is never touched. Safe to repeat.",
  examples: [
    'slipstream restore-records --from slipstream-dev-records-restored --stack dev --dry-run',
    'slipstream restore-records --from slipstream-dev-records-restored --stack dev',
  ],
  options: [
    ['--from <table>', 'The table that point-in-time recovery made'],
    ['--dry-run', 'Count, and write nothing'],
  ],
  settings: SETTINGS,
  run: async ({ options, settings, json }) => {
    const stack = readStack(settings);
    const { from } = options;
    if (typeof from !== 'string')
      throw new SlipstreamError('REQUEST_INVALID', 'Name the restored table: --from TABLE.');
    if (from === stack.require('dynamo_table_name'))
      throw new SlipstreamError('REQUEST_INVALID', `${from} is the table that is restored into: name the other one.`);
    const dryRun = options.dryRun === true;
    // AWS's clients take longer to load than most verbs take altogether.
    const { scanTable } = await import('../restore/scan-table.ts');
    const { openAwsStore } = await import('@slipstream/store-aws');
    const { awsStoreOptions } = await import('../service/aws-operations.ts');
    const store = openAwsStore(awsStoreOptions(stack, settings.profile));
    try {
      const earlier = scanTable(from, { region: stack.require('region'), profile: settings.profile });
      const counts = await restoreRecords(earlier, store.records, { dryRun });
      if (json) printJson({ stack: stack.name, from, dry_run: dryRun, ...counts });
      else
        printLine(
          `${counts.restored} records ${dryRun ? 'would be ' : ''}restored, ${counts.kept} kept as they are or newer, ${counts.skipped} of the moment left out.`,
        );
      return 0;
    } finally {
      store.close();
    }
  },
};
