import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expandTilde } from '@slipstream/runtime';
import { ProgramService, type ServiceLayout, serviceArguments, thisHost } from '@slipstream/service';
import { printable, SlipstreamError, styled } from '@slipstream/shared';
import { colour, printJson, printLine, type Verb } from '@slipstream/terminal';
import { liveDevs } from '../home/dev-marker.ts';
import { DEV_SERVICE } from '../local/dev-service.ts';
import { watchedFolder } from '../watch/watch-folder.ts';
import { DEV_SETTINGS } from './dev.ts';

export const installVerb: Verb<(typeof DEV_SETTINGS)[number]> = {
  name: 'install',
  summary: 'Keep slipstream dev running from login on: by launchd on a Mac, by a systemd user unit on Linux',
  examples: [
    'slipstream install',
    'slipstream install --watch ~/Pictures/receipts',
    'slipstream install --data ~/receipts --port 8080 --dry-run',
  ],
  options: [['--dry-run', 'Print the file that would be written, and do nothing']],
  settings: DEV_SETTINGS,
  run: async ({ settings, options, json }) => {
    if (settings.watch !== null) await watchedFolder(settings.watch);
    const service = new ProgramService(DEV_SERVICE, thisHost(false));
    const { layout } = service;
    const args = ['dev', ...serviceArguments(DEV_SETTINGS, settings), '--log-level', 'warn', '--log-format', 'json'];
    const unit = service.unit([process.execPath, thisProgram(), ...args], process.env);
    if (options.dryRun === true) {
      if (json) printJson({ unit_file: layout.unitFile, unit });
      else process.stdout.write(unit.split('\n').map(printable).join('\n'));
      return 0;
    }
    const data = resolve(expandTilde(settings.data ?? '.'));
    const others = service.state().pid === null ? liveDevs(data) : [];
    const changed = service.install(unit);
    if (json) {
      printJson({ unit_file: layout.unitFile, changed, data, pid: service.state().pid });
      return 0;
    }
    printLine(
      changed
        ? styled`Installed: ${colour.bold('slipstream dev')} runs now and from each login on; its data is in ${data}.`
        : 'It is installed so and running already.',
    );
    for (const { pid, url } of others)
      printLine(
        colour.yellow(
          `Process ${pid} (${url}) was started by hand: stop it, and the service takes its place within a minute.`,
        ),
      );
    printLine(`slipstream status says how it is; its log: ${logOf(layout)}. To end it for good: slipstream uninstall.`);
    if (layout.kind === 'systemd')
      printLine(colour.dim('It ends with your last session, unless: loginctl enable-linger'));
    return 0;
  },
};

export const uninstallVerb: Verb<never> = {
  name: 'uninstall',
  summary: 'End what slipstream install keeps running, and remove its file; data and logs stay',
  examples: ['slipstream uninstall', 'slipstream uninstall --json'],
  settings: [],
  run: async ({ json }) => {
    const service = new ProgramService(DEV_SERVICE, thisHost(false));
    const removed = service.uninstall();
    if (json) printJson({ removed, unit_file: service.layout.unitFile });
    else printLine(removed ? 'Removed. Data and logs stay.' : 'It was not installed.');
    return 0;
  },
};

/** The built program. It runs where it lies: after the checkout was moved, install again. */
function thisProgram(): string {
  const program = join(dirname(fileURLToPath(import.meta.url)), 'slipstream.js');
  if (existsSync(program)) return program;
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    'Sources cannot be installed: run "npm run build", then the built slipstream.',
  );
}

const logOf = ({ kind, outputFile, identity }: ServiceLayout) =>
  kind === 'launchd' ? outputFile : `journalctl --user -u ${identity.name}`;
