import { type ChildProcess, spawn } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import type { AgentEvents } from '@slipstream/ocr';
import type { Logger } from '@slipstream/runtime';

/** How the machine is kept awake; ends by itself when the process it is given ends. */
export interface AwakeCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** `caffeinate` on macOS, where it prevents idle sleep only: a closed lid sleeps all the same. null elsewhere. */
export function awakeCommand(platform: NodeJS.Platform, pid: number): AwakeCommand | null {
  return platform === 'darwin' ? { file: 'caffeinate', args: ['-i', '-w', String(pid)] } : null;
}

/** Keeps the machine from idle sleep from the first job in hand to the last. Returns how to let go for good. */
export function stayAwakeWhileWorking(
  events: EventEmitter<AgentEvents>,
  command: AwakeCommand,
  logger: Logger,
): () => void {
  let child: ChildProcess | null = null;
  const hold = () => {
    if (child !== null) return;
    const started = spawn(command.file, [...command.args], { stdio: 'ignore' });
    started.on('error', (error) => logger.warn({ error }, 'the machine cannot be kept awake'));
    started.on('exit', () => {
      if (child === started) child = null;
    });
    child = started;
  };
  const letGo = () => {
    child?.kill();
    child = null;
  };
  events.on('job-started', hold);
  events.on('idle', letGo);
  return () => {
    events.off('job-started', hold);
    events.off('idle', letGo);
    letGo();
  };
}
