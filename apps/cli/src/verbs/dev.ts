import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Agent } from '@slipstream/ocr';
import { indexCollections } from '@slipstream/runtime';
import { trimOutput } from '@slipstream/service';
import { type SlipstreamError, styled } from '@slipstream/shared';
import {
  colour,
  EXIT_FAILED,
  printError,
  printJson,
  printLine,
  printNote,
  stopSignal,
  type Verb,
} from '@slipstream/terminal';
import { homeProblems } from '../health/home-problems.ts';
import { liveDevs, writeDevMarker } from '../home/dev-marker.ts';
import { openHomeCatalogue } from '../home/home-catalogue.ts';
import { openHome } from '../home/open-home.ts';
import { LocalAccess } from '../local/access/local-access.ts';
import { readOrCreateToken } from '../local/access/token-file.ts';
import { DEV_SERVICE } from '../local/dev-service.ts';
import { RUN_SETTINGS, runHome } from '../local/run-home.ts';
import { serveApi, UPLOADS_PATH } from '../local/serve-api.ts';
import { tellOutcomes } from '../local/tell-outcomes.ts';
import { watchedFolder } from '../watch/watch-folder.ts';

export const DEV_SETTINGS = ['data', 'port', 'no_token', 'watch', ...RUN_SETTINGS] as const;

export const devVerb: Verb<(typeof DEV_SETTINGS)[number]> = {
  name: 'dev',
  summary: 'Run everything on this machine: queues, records, functions, sweeper, OCR agent and the API',
  examples: [
    'slipstream dev',
    'slipstream dev --watch ~/Pictures/receipts',
    'slipstream dev --data ./data --port 8080 --engine tesseract',
  ],
  settings: DEV_SETTINGS,
  logLevel: 'info',
  textLogLevel: 'warn',
  run: async ({ settings, json, logger, isText }) => {
    const watch = settings.watch === null ? null : await watchedFolder(settings.watch);
    await trimOutput(serviceOutput());
    // With --port 0 the system chooses, so the address is known only when the API listens.
    const address = { url: `http://127.0.0.1:${settings.port}` };
    const home = await openHome(settings.data ?? '.', logger, () => `${address.url}${UPLOADS_PATH}`);
    const others = liveDevs(home.dataDir);
    const running: { agent: Agent | null } = { agent: null };
    const access = settings.no_token ? null : new LocalAccess(readOrCreateToken(home.dataDir), home.clock);
    // A thread of its own: a long change of the catalogue holds up no search.
    const search = openHomeCatalogue(home);
    const api = await serveApi(home, {
      access,
      catalogue: search,
      port: settings.port,
      imageBytesMax: settings.image_bytes_max,
      collections: indexCollections(settings),
      agent: () => running.agent?.status() ?? null,
    });
    address.url = api.url;
    const problems = await homeProblems(home, {
      imageBytesMax: settings.image_bytes_max,
      collections: indexCollections(settings),
    });
    const removeMarker = writeDevMarker(home.dataDir, { url: api.url, folder_id: home.store.folderId });
    // From here on a signal is waited for, also while the first lines are printed.
    const stopped = stopSignal();
    const { agent, stop } = await runHome(home, { ...settings, watch });
    running.agent = agent;
    // Good for one browser, once; the address without it is what scripts use.
    const browserUrl = access ? `${api.url}/?token=${access.newCode()}` : api.url;
    if (!isText) for (const { code, message } of problems) logger.warn({ code }, message);
    if (json) {
      const found = problems.map(({ code, message }) => ({ code, message }));
      printJson({
        url: api.url,
        browser_url: browserUrl,
        data: home.dataDir,
        pid: process.pid,
        others,
        problems: found,
      });
    } else {
      printLine(
        styled`${colour.bold('Slipstream')} is running on ${colour.cyan(api.url)}, its data is in ${home.dataDir}`,
      );
      if (access) printLine(styled`Open in a browser, once: ${colour.cyan(browserUrl)}`);
      else printLine('Its API asks for no token: every user of this machine may read and submit.');
      printLine(watch ? `Photographs in ${watch} are submitted.` : 'Submit with: slipstream submit receipt.jpg --wait');
      for (const { pid, url } of others) {
        printLine(
          colour.yellow(
            `Another slipstream dev (process ${pid}, ${url}) works on this folder too: they share the work.`,
          ),
        );
      }
      for (const { message, stops } of problems) printLine(stops ? colour.red(message) : colour.yellow(message));
      printLine('Stop with Ctrl-C; nothing is lost.');
    }
    const telling = new AbortController();
    const told = isText && !json ? tellOutcomes(home, telling.signal) : Promise.resolve();
    const lost = await Promise.race([stopped, home.store.lost]);
    if (lost) return endAtOnce(lost, json);
    if (isText) printNote('Stopping: what is in hand is finished or given back. Once more Ctrl-C: at once.');
    else logger.info('stopping: what is in hand is finished or given back');
    telling.abort();
    await told;
    await stop();
    await api.close();
    await search.close();
    removeMarker();
    await home.close();
    return 0;
  },
};

/** Where launchd appends what the service of `slipstream install` prints. */
const serviceOutput = () => join(homedir(), 'Library/Logs/Slipstream', DEV_SERVICE.outputName);

/**
 * Without its data folder there is nothing to finish and nothing to give back. Exits here: whatever waits for the store
 * would wait on, and SQLite must not close files whose names are another database's by now.
 */
function endAtOnce(lost: SlipstreamError, json: boolean): never {
  printError(lost, json);
  process.exit(EXIT_FAILED);
}
