import { RESTART_S_MIN, type ServicePlan, STOP_S_MAX } from './service-plan.ts';

/** A unit of systemd.service(5). */
export function systemdUnit({ command, environment, user }: ServicePlan): string {
  const variables = Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`);
  return `[Unit]
Description=Slipstream OCR agent
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
ExecStart=${command.map(quoted).join(' ')}
${variables.join('\n')}
${user === null ? '' : `User=${user}\n`}Restart=always
RestartSec=${RESTART_S_MIN}
KillSignal=SIGTERM
KillMode=mixed
TimeoutStopSec=${STOP_S_MAX}
UMask=0077

[Install]
WantedBy=${user === null ? 'default.target' : 'multi-user.target'}
`;
}

/** Quotes as systemd.syntax(7) reads them; % and $ would be expanded. */
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${escaped}"`;
}
