import type { Finding } from './finding.ts';

/** Findings of a log that say that packets or names get lost: what the network's configuration may explain. */
const OF_THE_NETWORK =
  /^log-(all-fail|saturation|random-loss|dns|idle-drop|init-timeout|short-limit|refused|slow-remote|dns-bursts)$/;
/** Rules that explain why a call fails or hangs. */
const NOT_A_FAULT_OF_THE_WAY =
  /^(short-timeout|small-memory|one-zone|endpoint-group-open|files-short-limit|detach-function|unused-endpoint|visibility-|no-dead|deltas-|mapping-|messages-|gateway-endpoint-saves)/;

/**
 * One finding, not two: where the network's configuration shows what a log complains of (the same host or service, or the
 * same function where the log names no host), the log becomes its evidence.
 */
export function joinLogs(found: readonly Finding[], logs: readonly Finding[]): Finding[] {
  const roots = [...found];
  const alone: Finding[] = [];
  for (const log of logs) {
    const at = OF_THE_NETWORK.test(log.id) ? roots.findIndex((root) => explains(root, log)) : -1;
    const root = roots[at];
    if (root)
      roots[at] = {
        ...root,
        evidence: [...root.evidence, ...log.evidence.slice(0, 3)],
        hides: [...root.hides, `${log.id}: ${log.message}`],
        causes: [...new Set([...root.causes, ...log.causes.filter((cause) => root.causes.length === 0 && cause)])],
      };
    else alone.push(log);
  }
  return [...roots, ...alone];
}

function explains(root: Finding, log: Finding): boolean {
  if (root.severity === 'advice' || root.causes.length === 0 || NOT_A_FAULT_OF_THE_WAY.test(root.id)) return false;
  const shared = log.functions.length === 0 || log.functions.some((name) => root.functions.includes(name));
  if (!shared) return false;
  const [hosts, destinations] = [split(log.destination), split(root.destination)];
  if (hosts.length === 0) return log.functions.length > 0;
  return hosts.some((host) => destinations.some((destination) => isSame(host, destination)));
}

function split(destination: string | null): string[] {
  return (destination ?? '').split(', ').filter((each) => each !== '');
}

/** `acme.s3.eu-west-1.amazonaws.com:443` is below `s3.eu-west-1.amazonaws.com:443`. */
function isSame(host: string, destination: string): boolean {
  return host === destination || host.endsWith(`.${destination}`);
}
