import tab from '@bomb.sh/tab/commander';
import { printable, printableJson } from '@slipstream/shared';
import type { Command } from 'commander';
import { EXIT_FAILED, EXIT_USAGE } from './verb.ts';

/**
 * Runs a program's command line: shell completion, usage errors with exit code 2 (as JSON to who asked for JSON), and
 * an end without a word where nobody reads on.
 */
export async function runProgram(program: Command, argv: readonly string[] = process.argv): Promise<void> {
  endWithReader(process.stdout);
  endWithReader(process.stderr);
  tab(program);
  const separator = argv.indexOf('--');
  const isJson = argv.slice(0, separator < 0 ? undefined : separator).includes('--json');
  for (const command of withSubcommands(program)) {
    command.exitOverride((stop) => process.exit(stop.exitCode === 0 ? 0 : EXIT_USAGE));
    command.configureOutput({ outputError: isJson ? printJsonError : printTextError });
    if (isJson) command.showHelpAfterError(false);
  }
  await program.parseAsync([...argv]);
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** Commander repeats what it was given, and what a script was given may come from anywhere. */
function printTextError(text: string, write: (text: string) => void): void {
  write(text.split('\n').map(printable).join('\n'));
}

function printJsonError(text: string, write: (text: string) => void): void {
  const message = text.trim().replace(/^error: /, '');
  write(`${printableJson(JSON.stringify({ error: { code: 'REQUEST_INVALID', message, details: {} } }))}\n`);
}

/**
 * `slipstream list | head`: who reads no further is no failure of ours. What is acknowledged is durable by then. Output
 * that cannot be written for another reason (a full disk) is told where it can be, and ends no work that goes on.
 */
function endWithReader(stream: NodeJS.WriteStream): void {
  let isLost = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    if (isLost) return;
    isLost = true;
    if (stream === process.stdout)
      process.stderr.write(`The output cannot be written: ${error.code}. Is the disk full?\n`);
    process.once('exit', () => {
      process.exitCode ||= EXIT_FAILED;
    });
  });
}
