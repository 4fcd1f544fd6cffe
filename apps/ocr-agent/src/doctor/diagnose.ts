import { type OcrEngine, scriptsSentence, selectEngine } from '@slipstream/ocr';
import { openHome } from '../home/open-home.ts';
import type { ServiceReport } from '../service/service.ts';
import { type AgentSettings, engineOptions } from '../settings/agent-settings.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { checkBuckets, checkClock, checkQueue, probe } from './home-checks.ts';
import { checkDisk, checkNode, checkSystem } from './machine-checks.ts';

type EngineFacts = Pick<OcrEngine, 'name' | 'version' | 'concurrency' | 'health'>;

export interface DoctorHost {
  readonly service: () => ServiceReport;
  /** Agents of this user that answer on their socket. */
  readonly running: () => Promise<number>;
}

/** Everything that usually goes wrong, in the order in which it has to be mended. */
export async function diagnose(settings: AgentSettings, host: DoctorHost): Promise<readonly Check[]> {
  return [
    checkSystem(),
    checkNode(),
    ...(await checkEngine(settings)),
    ...(await checkHome(settings)),
    await checkClock(settings),
    await checkDisk(settings.data ?? process.cwd()),
    await checkService(host),
  ];
}

async function checkEngine(settings: AgentSettings): Promise<readonly Check[]> {
  const findings: Check[] = [];
  const opened = await probe('engine', async () => {
    const engine = await selectEngine(settings.engine, engineOptions(settings));
    try {
      await engine.prewarm();
      findings.push(ok('scripts', scriptsSentence(engine.name, engine.health?.level ?? '', settings.languages)));
      return engineFinding(engine);
    } finally {
      await engine.close();
    }
  });
  return [opened, ...findings];
}

/** An engine with a health says there what went wrong. */
export function engineFinding({ name, version, concurrency, health }: EngineFacts): Check {
  if (health?.state === 'failed')
    return failed('engine', `${name}: ${health.reason ?? 'it does not load'}`, 'Use --engine auto, or another one.');
  if (health?.state === 'degraded')
    return warning('engine', `${name} is degraded: ${health.reason ?? ''}`, 'receipt-ocr status says since when.');
  const level = health === undefined || health.level === '' ? '' : `, level ${health.level}`;
  return ok('engine', `${name} ${version} loads, ${concurrency} at once${level}`);
}

async function checkHome(settings: AgentSettings): Promise<readonly Check[]> {
  const findings: Check[] = [];
  const opened = await probe('home', async () => {
    const home = await openHome(settings);
    try {
      findings.push(await checkQueue(home), await checkBuckets(home));
      return ok('home', home.place);
    } finally {
      await home.close();
    }
  });
  return [opened, ...findings];
}

async function checkService(host: DoctorHost): Promise<Check> {
  return probe('service', async () => {
    const { installed, loaded, pid, last_exit, version } = host.service();
    const running = await host.running();
    if (!installed) {
      const found = running > 0 ? `not installed; ${running} started by hand` : 'not installed';
      return warning('service', found, 'To have it start with your login: receipt-ocr install.');
    }
    if (!loaded) return warning('service', `${version} is installed and stopped`, 'receipt-ocr start');
    if (pid === null) {
      const found = `${version} is loaded and does not run; its last exit was ${last_exit ?? 'none'}`;
      return warning('service', found, 'receipt-ocr logs, then receipt-ocr restart');
    }
    if (running > 0) return ok('service', `${version} runs as process ${pid}`);
    return warning('service', `process ${pid} runs and does not answer`, 'receipt-ocr restart');
  });
}
