import { join } from 'node:path';
import type { Logger } from '@slipstream/runtime';
import { openHome } from '../home/open-home.ts';
import { isStackChosen, readStack } from '../remote/read-stack.ts';
import { userFile } from '../remote/user-folder.ts';
import { type PlaceSettings, receiptsOf } from '../service/open-receipts.ts';
import { localTarget, remoteTarget, type SubmissionTarget } from './submission-target.ts';
import { ledgerName } from './watch-folder.ts';

export interface OpenTarget {
  readonly target: SubmissionTarget;
  ledgerFile(folder: string): string;
  close(): Promise<void>;
}

/**
 * The stack that was asked for, else the data folder on this machine. The ledger is beside what it speaks of: in the data
 * folder, so that a new one begins with a new list; or with the person's settings, by the stack's own address.
 */
export async function openTarget(settings: PlaceSettings, logger: Logger): Promise<OpenTarget> {
  if (isStackChosen(settings)) {
    const stack = readStack(settings);
    const service = receiptsOf(stack);
    const address = stack.require('api_url');
    return {
      target: remoteTarget(service),
      ledgerFile: (folder) => userFile('watched', ledgerName(address, folder)),
      close: () => service.close(),
    };
  }
  const home = await openHome(settings.data ?? '.', logger);
  return {
    target: localTarget(home),
    ledgerFile: (folder) => join(home.dataDir, ledgerName(folder)),
    close: () => home.close(),
  };
}
