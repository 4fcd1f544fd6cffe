import { type RecognisedFile, recogniseFiles, selectEngine } from '@slipstream/ocr';
import { findImageFiles, type Logger } from '@slipstream/runtime';
import { qualityHints, systemClock } from '@slipstream/shared';
import { printError, printJson, printLine, printNote } from '@slipstream/terminal';
import type { AgentHome } from '../home/agent-home.ts';
import { checkQueue } from '../home/check-queue.ts';
import { openHome } from '../home/open-home.ts';
import { openPatiently } from '../home/open-patiently.ts';
import { openLog } from '../logs/open-log.ts';
import { type AgentSettings, type EngineSettings, engineOptions, imageLimits } from '../settings/agent-settings.ts';
import { runAgent } from './run-agent.ts';
import { runDir } from './run-dir.ts';

/** Exit codes: 0 all well, 1 something failed, 2 the command line was not understood. */
const EXIT_FAILED = 1;

/** `receipt-ocr image.jpg… folder…`: reads files, touches no queue. */
export async function readFiles(images: readonly string[], settings: EngineSettings, json: boolean): Promise<number> {
  const { files, refused } = await findImageFiles(images);
  const isOneOfMany = files.length + refused.length > 1;
  const onSwitch = (sentence: string) => printNote(sentence);
  const engine = await selectEngine(settings.engine, { ...engineOptions(settings), onSwitch });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const results: RecognisedFile[] = [];
  try {
    for await (const result of recogniseFiles(files, engine, imageLimits(settings), stop.signal)) {
      results.push(result);
      if (!json) printResult(result, isOneOfMany);
    }
  } finally {
    await engine.close();
  }
  // What there was nothing to read of stands last, where a person looks.
  results.push(...refused);
  if (!json) for (const result of refused) printResult(result, isOneOfMany);
  if (json) printJson(results.map(asJson));
  return results.every((result) => 'document' in result) ? 0 : EXIT_FAILED;
}

function printResult(result: RecognisedFile, isOneOfMany: boolean): void {
  if (isOneOfMany) printLine(`== ${result.file}`);
  if ('error' in result) printError(result.error, false);
  else {
    for (const { text } of result.document.lines) printLine(text);
    for (const { message } of qualityHints(result.document.quality)) process.stderr.write(`${message}\n`);
  }
}

function asJson(result: RecognisedFile) {
  if ('document' in result) return { ...result, duration_ms: Math.round(result.duration_ms) };
  const { code, message } = result.error;
  return { file: result.file, error: { code, message } };
}

/** One that stays waits for its home; one that drains once says at once what is wrong. null: stopped meanwhile. */
async function openFor(settings: AgentSettings, logger: Logger): Promise<AgentHome | null> {
  if (!settings.continuous) return openHome(settings, logger);
  const stop = new AbortController();
  const abort = () => stop.abort();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, abort);
  try {
    return await openPatiently(() => openHome(settings, logger), systemClock, logger, stop.signal);
  } finally {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, abort);
  }
}

/** `receipt-ocr` without files: the agent. */
export async function workOffQueue(settings: AgentSettings, logDir: string | null, json: boolean): Promise<number> {
  const logger = await openLog(settings.log_level, logDir);
  const home = await openFor(settings, logger);
  if (home === null) return 0;
  try {
    const checked = checkQueue(home.queue, settings, logger);
    // One that stays begins meanwhile: without a network the queue takes a minute to fail.
    if (!settings.continuous) await checked;
    const onSwitch = (sentence: string) => logger.warn(sentence);
    const engine = await selectEngine(settings.engine, { ...engineOptions(settings), onSwitch });
    try {
      const { counts } = await runAgent(home, engine, settings, runDir(), logger);
      if (json) printJson(counts);
      else printLine(`${counts.done} done, ${counts.failed} failed, ${counts.retried} put off`);
      return counts.failed === 0 ? 0 : EXIT_FAILED;
    } finally {
      await engine.close();
    }
  } catch (error) {
    logger.error({ error }, 'the agent ended');
    throw error;
  } finally {
    await home.close();
  }
}
