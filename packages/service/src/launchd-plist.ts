import { build } from 'plist';
import { launchdLabel } from './service-layout.ts';
import { RESTART_S_MIN, type ServicePlan, STOP_S_MAX } from './service-plan.ts';

/** The keys of launchd.plist(5) that are used, with their types. */
interface LaunchdJob {
  readonly Label: string;
  readonly ProgramArguments: readonly string[];
  readonly EnvironmentVariables: Readonly<Record<string, string>>;
  readonly UserName?: string;
  readonly RunAtLoad: boolean;
  readonly KeepAlive: boolean;
  /** Seconds between two starts at least. */
  readonly ThrottleInterval: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly ExitTimeOut: number;
  /** `Background` would have its disk and processor throttled, and OCR is work that somebody waits for. */
  readonly ProcessType: 'Standard' | 'Background' | 'Adaptive' | 'Interactive';
  /** Octal 077 as a decimal: receipts are nobody else's business. */
  readonly Umask: number;
  readonly StandardOutPath: string;
  readonly StandardErrorPath: string;
}

function launchdJob({ command, environment, layout, user }: ServicePlan): LaunchdJob {
  return {
    Label: launchdLabel(layout.identity),
    ProgramArguments: command,
    EnvironmentVariables: environment,
    ...(user === null ? {} : { UserName: user }),
    RunAtLoad: true,
    KeepAlive: true,
    ThrottleInterval: RESTART_S_MIN,
    ExitTimeOut: STOP_S_MAX,
    ProcessType: 'Standard',
    Umask: 0o077,
    StandardOutPath: layout.outputFile,
    StandardErrorPath: layout.outputFile,
  };
}

export function launchdPlist(plan: ServicePlan): string {
  const { ProgramArguments, EnvironmentVariables, ...job } = launchdJob(plan);
  const value = {
    ...job,
    ProgramArguments: [...ProgramArguments],
    EnvironmentVariables: { ...EnvironmentVariables },
  };
  return `${build(value)}\n`;
}
