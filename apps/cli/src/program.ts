import { doctorCommand } from '@slipstream/doctor';
import { runProgram, verbCommand } from '@slipstream/terminal';
import { Command } from 'commander';
import { agentsVerb } from './verbs/agents.ts';
import { catalogueRebuildVerb, catalogueStatusVerb, catalogueVerifyVerb } from './verbs/catalogue-verbs.ts';
import { deadListVerb, deadRedriveVerb, deadShowVerb } from './verbs/dead.ts';
import { deleteVerb } from './verbs/delete.ts';
import { demoVerb } from './verbs/demo.ts';
import { devVerb } from './verbs/dev.ts';
import { dismissVerb } from './verbs/dismiss.ts';
import { exportVerb } from './verbs/export.ts';
import { findVerb } from './verbs/find.ts';
import { historyVerb } from './verbs/history.ts';
import {
  indexInitVerb,
  indexMoveVerb,
  indexRebuildVerb,
  indexStatusVerb,
  indexVerifyVerb,
} from './verbs/index-verbs.ts';
import { installVerb, uninstallVerb } from './verbs/install.ts';
import { listVerb } from './verbs/list.ts';
import { loginVerb, logoutVerb } from './verbs/login.ts';
import {
  merchantsAssignVerb,
  merchantsListVerb,
  merchantsMergeVerb,
  merchantsRenameVerb,
  merchantsShowVerb,
} from './verbs/merchants.ts';
import { openVerb } from './verbs/open.ts';
import { parseVerb } from './verbs/parse.ts';
import { queuesVerb } from './verbs/queues.ts';
import { recoverVerb } from './verbs/recover.ts';
import { reprocessVerb } from './verbs/reprocess.ts';
import { restoreRecordsVerb } from './verbs/restore-records.ts';
import { reviewVerb } from './verbs/review.ts';
import { secretsSetVerb } from './verbs/secrets.ts';
import { showVerb } from './verbs/show.ts';
import { spendingVerb } from './verbs/spending.ts';
import { sqlVerb } from './verbs/sql.ts';
import { statusVerb } from './verbs/status.ts';
import { submitVerb } from './verbs/submit.ts';
import { usersAddVerb, usersDisableVerb, usersListVerb } from './verbs/users.ts';
import { watchVerb } from './verbs/watch.ts';

const program = new Command('slipstream')
  .description('Photographed receipts become checked, searchable data.')
  .version('0.1.0')
  .showHelpAfterError('(slipstream --help lists the verbs)')
  .addHelpText(
    'after',
    '\nStart with: slipstream demo\nCompletion: source <(slipstream complete zsh), or bash, fish, powershell',
  );

program.addCommand(verbCommand(devVerb));
program.addCommand(verbCommand(installVerb));
program.addCommand(verbCommand(uninstallVerb));
program.addCommand(verbCommand(openVerb));
program.addCommand(verbCommand(statusVerb));
program.addCommand(verbCommand(submitVerb));
program.addCommand(verbCommand(listVerb));
program.addCommand(verbCommand(findVerb));
program.addCommand(verbCommand(spendingVerb));
program.addCommand(verbCommand(sqlVerb));
program.addCommand(verbCommand(showVerb));
program.addCommand(verbCommand(reprocessVerb));
program.addCommand(verbCommand(reviewVerb));
program.addCommand(verbCommand(historyVerb));
program.addCommand(verbCommand(deleteVerb));
program.addCommand(verbCommand(dismissVerb));
program.addCommand(verbCommand(exportVerb));
program.addCommand(verbCommand(recoverVerb));
program.addCommand(verbCommand(watchVerb));
program.addCommand(verbCommand(loginVerb));
program.addCommand(verbCommand(logoutVerb));
program.addCommand(verbCommand(queuesVerb));
program.addCommand(verbCommand(restoreRecordsVerb));
program.addCommand(verbCommand(agentsVerb));
addGroup('dead', 'Dead letters: list, show, redrive', deadListVerb, deadShowVerb, deadRedriveVerb);
addGroup(
  'users',
  "The people who may use a deployed stack's API: add, list, disable",
  usersAddVerb,
  usersListVerb,
  usersDisableVerb,
);
addGroup('secrets', 'The secrets of a deployed stack', secretsSetVerb);
addGroup(
  'merchants',
  'The merchants that are known: list, show, rename, merge, assign',
  merchantsListVerb,
  merchantsShowVerb,
  merchantsRenameVerb,
  merchantsMergeVerb,
  merchantsAssignVerb,
);
addGroup(
  'index',
  'The merchant index: init, status, verify, rebuild, move',
  indexInitVerb,
  indexStatusVerb,
  indexVerifyVerb,
  indexRebuildVerb,
  indexMoveVerb,
);
addGroup(
  'catalogue',
  'Search and sums: status, verify, rebuild',
  catalogueStatusVerb,
  catalogueVerifyVerb,
  catalogueRebuildVerb,
);
program.addCommand(verbCommand(parseVerb));
program.addCommand(
  doctorCommand('doctor', 'slipstream doctor', async function* (choice) {
    // What signs in and uploads is loaded where it is asked for.
    const { liveChecks } = await import('./verify/live-checks.ts');
    yield* liveChecks(choice);
  }),
);
program.addCommand(verbCommand(demoVerb));
await runProgram(program);

/** Verbs of a verb: `slipstream dead list`. */
function addGroup(name: string, description: string, ...verbs: readonly Parameters<typeof verbCommand>[0][]): void {
  const group = new Command(name)
    .description(description)
    .showHelpAfterError(`(slipstream ${name} --help lists its verbs)`);
  for (const verb of verbs) group.addCommand(verbCommand(verb));
  program.addCommand(group);
}
