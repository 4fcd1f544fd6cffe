import { SlipstreamError } from '@slipstream/shared';
import type { Verb } from '@slipstream/terminal';
import { printJson, printLine } from '@slipstream/terminal';
import { z } from 'zod';
import { liveDevs } from '../home/dev-marker.ts';
import { expandTilde } from '../home/open-home.ts';
import { readToken } from '../local/access/token-file.ts';

const ANSWER_MS_MAX = 5_000;
const sessionSchema = z.object({ url: z.string() });

export const openVerb: Verb<'data'> = {
  name: 'open',
  summary: 'Print an address that opens the local API in a browser, once',
  examples: ['slipstream open', 'slipstream open --data ./data', 'slipstream open --json'],
  settings: ['data'],
  run: async ({ settings, json }) => {
    const dataDir = expandTilde(settings.data ?? '.');
    const [dev] = liveDevs(dataDir);
    if (!dev) throw new SlipstreamError('NOT_FOUND', `Nothing runs on ${dataDir}: start slipstream dev first.`);
    const { url } = await newSession(dev.url, readToken(dataDir));
    if (json) printJson({ url });
    else printLine(url);
    return 0;
  },
};

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
