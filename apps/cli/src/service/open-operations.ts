import type { Logger, Settings } from '@slipstream/runtime';
import { isDevLive } from '../home/dev-marker.ts';
import { openExistingHome } from '../home/open-home.ts';
import type { Operations } from '../home/operations.ts';
import { recordsDirectory } from '../references/image-directory.ts';
import { homeRows } from '../references/remembered-rows.ts';
import { isStackChosen, readStack } from '../remote/read-stack.ts';

export const OPERATION_SETTINGS = ['data', 'stack', 'outputs', 'profile'] as const;
export type OperationSettings = Pick<Settings, (typeof OPERATION_SETTINGS)[number]>;

/** Of the stack that was asked for, else of the home on this machine. */
export async function openOperations(settings: OperationSettings, logger: Logger): Promise<Operations> {
  if (isStackChosen(settings)) {
    // Only when it is used: AWS's clients take longer to load than most verbs take altogether.
    const { awsOperations } = await import('./aws-operations.ts');
    return awsOperations(readStack(settings), settings.profile, logger);
  }
  const home = await openExistingHome(settings.data ?? '.', logger);
  const idleNote = isDevLive(home.dataDir, home.store.folderId)
    ? null
    : 'Nothing works on these queues now; slipstream dev does.';
  return { ...home, home, idleNote, directory: recordsDirectory(home, home.dataDir, homeRows(home.dataDir)) };
}
