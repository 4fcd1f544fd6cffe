import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AGENT_VERSION } from '@slipstream/ocr';
import { commandSettings, type SettingKey } from '@slipstream/runtime';
import { serviceArguments, thisHost } from '@slipstream/service';
import { SlipstreamError } from '@slipstream/shared';
import { printJson, printLine } from '@slipstream/terminal';
import type { Command } from 'commander';
import type { AgentBuild } from '../service/installed-versions.ts';
import { Service } from '../service/service.ts';
import { AGENT_SETTINGS, type AgentSettings } from '../settings/agent-settings.ts';

/** Settings that a service is given by itself. */
const OWN: ReadonlySet<SettingKey> = new Set(['continuous']);

/** The settings as flags of the service. */
export function agentArguments(settings: AgentSettings): readonly string[] {
  const keys = AGENT_SETTINGS.filter((key) => !OWN.has(key));
  return serviceArguments(keys, settings);
}

/** The build that this program runs from. */
function thisBuild(): AgentBuild {
  const file = fileURLToPath(import.meta.url);
  if (file.endsWith('.ts')) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      'Sources cannot be installed: run "npx turbo build", then the built receipt-ocr.',
    );
  }
  const dist = dirname(file);
  return { version: AGENT_VERSION, dist, prebuilds: join(dist, '../prebuilds'), node: process.execPath };
}

export function serviceOf(command: Command): Service {
  const isSystem = command.opts().system === true;
  // Root installs what the service's own user has to read and run.
  if (isSystem) process.umask(0o022);
  return new Service(thisHost(isSystem));
}

/** The verbs that change the service; each answers with a sentence and its details. */
export const SERVICE_VERBS: readonly ServiceVerb[] = [
  {
    name: 'install',
    about: 'Install the agent as a service that starts with your login',
    takesSettings: true,
    act: (service, command) => {
      const args = agentArguments(commandSettings(command, AGENT_SETTINGS));
      const { version, changed } = service.install(thisBuild(), args, process.env);
      const sentence = changed ? `Installed and started ${version}.` : `${version} is installed and running already.`;
      return { sentence, version, changed };
    },
  },
  {
    name: 'upgrade',
    about: 'Replace the installed agent by this build; one restart',
    act: (service) => {
      const { version, changed } = service.upgrade(thisBuild());
      return { sentence: changed ? `Upgraded to ${version}.` : `${version} is installed already.`, version, changed };
    },
  },
  {
    name: 'rollback',
    about: 'Go back to the version that was installed before',
    act: (service) => {
      const { version } = service.rollback();
      return { sentence: `Back to ${version}.`, version };
    },
  },
  {
    name: 'uninstall',
    about: 'Remove the service and its files; data and logs stay',
    act: (service) => {
      service.uninstall();
      return { sentence: 'Uninstalled.' };
    },
  },
  {
    name: 'start',
    about: 'Start the service',
    act: (service) => {
      service.start();
      return { sentence: 'Started.' };
    },
  },
  {
    name: 'stop',
    about: 'Stop the service; what is in hand is finished or given back',
    act: (service) => {
      service.stop();
      return { sentence: 'Stopped.' };
    },
  },
  {
    name: 'restart',
    about: 'Restart the service',
    act: (service) => {
      service.restart();
      return { sentence: 'Restarted.' };
    },
  },
];

export interface ServiceVerb {
  readonly name: string;
  readonly about: string;
  /** Whether the agent's own flags may be given, to be written into the service. */
  readonly takesSettings?: boolean;
  readonly act: (
    service: Service,
    command: Command,
  ) => { readonly sentence: string } & Readonly<Record<string, unknown>>;
}

/** Carries a verb out and says what it has come to, for people or for programs. */
export async function serviceVerb(verb: ServiceVerb, command: Command): Promise<number> {
  const { sentence, ...details } = verb.act(serviceOf(command), command);
  if (command.opts().json === true) printJson({ ok: true, ...details });
  else printLine(sentence);
  return 0;
}
