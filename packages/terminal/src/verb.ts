import {
  addSettings,
  commandSettings,
  createLogger,
  type Logger,
  type SettingKey,
  type Settings,
} from '@slipstream/runtime';
import { Command } from 'commander';
import { printError } from './print.ts';
import { textLog } from './text-log.ts';

export interface VerbContext<K extends SettingKey> {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly settings: Pick<Settings, K | 'log_level' | 'log_format'>;
  readonly json: boolean;
  readonly logger: Logger;
  /** The log is for people, on a terminal; what happens may be told as lines beside it. */
  readonly isText: boolean;
}

/** How `log_format` is meant here. */
export function isTextLog(format: Settings['log_format']): boolean {
  return format === 'auto' ? process.stderr.isTTY === true : format === 'text';
}

export interface Verb<K extends SettingKey> {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  /** Commander's notation: `<id>`, `[files...]`. */
  readonly args?: readonly (readonly [name: string, about: string])[];
  readonly options?: readonly (readonly [flag: string, about: string, fallback?: string])[];
  readonly settings: readonly K[];
  /** What the log says when nobody asked: verbs that answer a question keep still. */
  readonly logLevel?: Settings['log_level'];
  /** The same where the log is for people. */
  readonly textLogLevel?: Settings['log_level'];
  /** The exit code. */
  run(context: VerbContext<K>): Promise<number>;
}

/** Exit code of a failed run; 2 is a command line that cannot be understood. */
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** A verb as a commander command: the same flags, help, errors and exit codes everywhere. */
export function verbCommand<K extends SettingKey>(verb: Verb<K>): Command {
  const command = new Command(verb.name).description(verb.summary).option('--json', 'Print JSON');
  for (const [name, about] of verb.args ?? []) command.argument(name, about);
  for (const [flag, about, fallback] of verb.options ?? []) command.option(flag, about, fallback);
  addSettings(command, [...verb.settings, 'log_level', 'log_format']);
  command.addHelpText('after', `\nExamples:\n${verb.examples.map((example) => `  $ ${example}`).join('\n')}`);
  command.action(async () => {
    const options = command.opts();
    const json = options.json === true;
    try {
      const settings = commandSettings(command, [...verb.settings, 'log_level', 'log_format']);
      const isText = isTextLog(settings.log_format);
      const isAsked = options.logLevel !== undefined || process.env.LOG_LEVEL !== undefined;
      const fallback = (isText ? verb.textLogLevel : undefined) ?? verb.logLevel ?? 'warn';
      const level = isAsked ? settings.log_level : fallback;
      const logger = createLogger({
        name: `slipstream ${verb.name}`,
        level,
        ...(isText ? { destination: textLog } : {}),
      });
      process.exitCode = await verb.run({ args: command.args, options, settings, json, logger, isText });
    } catch (error) {
      printError(error, json);
      process.exitCode = EXIT_FAILED;
    }
  });
  return command;
}
