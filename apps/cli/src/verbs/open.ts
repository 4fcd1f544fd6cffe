import { expandTilde } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { printJson, printLine, type Verb, type VerbContext } from '@slipstream/terminal';
import { z } from 'zod';
import { liveDevs } from '../home/dev-marker.ts';
import { readToken } from '../local/access/token-file.ts';
import { findImage, REFERENCE_ARGUMENT } from '../references/find-image.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import { openWithSystem } from '../session/open-browser.ts';
import { writeForViewing } from '../view/write-for-viewing.ts';

const ANSWER_MS_MAX = 5_000;
const sessionSchema = z.object({ url: z.string() });
type OpenContext = VerbContext<(typeof PLACE_SETTINGS)[number]>;

export const openVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'open',
  summary: 'Open a photograph; without one, print an address that opens the local API in a browser, once',
  examples: ['slipstream open last', 'slipstream open IMAGE_ID', 'slipstream open', 'slipstream open --json'],
  args: [['[id]', REFERENCE_ARGUMENT]],
  options: [['--print', 'Only print where the photograph lies']],
  settings: PLACE_SETTINGS,
  run: async (context) => {
    const [reference] = context.args;
    if (reference === undefined) await openApi(context);
    else await openPhotograph(context, reference);
    return 0;
  },
};

/** In the program that the system has for such files; its path is printed, for who has none here. */
async function openPhotograph({ settings, options, json, logger }: OpenContext, reference: string): Promise<void> {
  const service = await openReceipts(settings, logger);
  try {
    const { imageId } = await findImage(service, reference);
    const path = await writeForViewing(imageId, await service.original(imageId));
    if (json) printJson({ image_id: imageId, path });
    else printLine(path);
    if (options.print !== true && !json) openWithSystem(path);
  } finally {
    await service.close();
  }
}

async function openApi({ settings, json }: OpenContext): Promise<void> {
  const dataDir = expandTilde(settings.data ?? '.');
  const [dev] = liveDevs(dataDir);
  if (!dev) throw new SlipstreamError('NOT_FOUND', `Nothing runs on ${dataDir}: start slipstream dev first.`);
  const { url } = await newSession(dev.url, readToken(dataDir));
  if (json) printJson({ url });
  else printLine(url);
}

async function newSession(url: string, token: string | null): Promise<z.infer<typeof sessionSchema>> {
  try {
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const signal = AbortSignal.timeout(ANSWER_MS_MAX);
    const answer = await fetch(new URL('/sessions', url), { method: 'POST', headers, signal, redirect: 'error' });
    return sessionSchema.parse(await answer.json());
  } catch (cause) {
    throw new SlipstreamError('STORE_UNAVAILABLE', `${url} does not answer as slipstream dev does: start it again.`, {
      cause,
    });
  }
}
