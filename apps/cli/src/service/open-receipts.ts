import type { Logger, Settings } from '@slipstream/runtime';
import { systemClock } from '@slipstream/shared';
import { openExistingHome, openHome } from '../home/open-home.ts';
import { ApiClient } from '../remote/api-client.ts';
import type { DeployedStack } from '../remote/deployed-stack.ts';
import { isStackChosen, readStack } from '../remote/read-stack.ts';
import { tokenSource } from '../session/token-source.ts';
import { localReceipts } from './local-receipts.ts';
import type { ReceiptsService } from './receipts-service.ts';
import { remoteReceipts } from './remote-receipts.ts';

/** The settings of every verb that works on either home. */
export const PLACE_SETTINGS = ['data', 'stack', 'outputs'] as const;
export type PlaceSettings = Pick<Settings, (typeof PLACE_SETTINGS)[number]>;

/** The stack that was asked for, else the home on this machine, which has to be there. */
export async function openReceipts(settings: PlaceSettings, logger: Logger): Promise<ReceiptsService> {
  if (isStackChosen(settings)) return receiptsOf(readStack(settings));
  return localReceipts(await openExistingHome(settings.data ?? '.', logger));
}

/** The same for who brings something: the first photograph begins the home. */
export async function openForSubmitting(settings: PlaceSettings, logger: Logger): Promise<ReceiptsService> {
  if (isStackChosen(settings)) return openReceipts(settings, logger);
  return localReceipts(await openHome(settings.data ?? '.', logger));
}

/** `otherwise`: a token where no person is signed in. */
export function receiptsOf(stack: DeployedStack, otherwise?: () => Promise<string | null>): ReceiptsService {
  const url = stack.require('api_url');
  return remoteReceipts(
    new ApiClient({ url, token: tokenSource(stack, undefined, otherwise), clock: systemClock }),
    stack.name,
  );
}
