import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Stands in for launchctl and systemctl on PATH: keeps in files what is loaded and running, writes down each call, and
 * fails the way the real ones do.
 */
export interface FakeTools {
  readonly home: string;
  calls(): readonly string[];
  /** Whether the next login would load it. */
  isDisabled(): boolean;
  /** The next bootout answers while the agent still drains. */
  drainsSlowly(): void;
  /** No session at the screen, or none of the user's. */
  withoutSession(): void;
  dispose(): void;
}

const LAUNCHCTL = `#!/bin/sh
state="$FAKE_STATE"; echo "launchctl $*" >> "$state/calls"
case "$1" in
  print)
    case "$2" in
      */com.slipstream.*) [ -f "$state/loaded" ] || { echo "Could not find service" >&2; exit 113; }
        echo "\${2##*/} = {"; [ -f "$state/running" ] && echo "	pid = $(cat "$state/running")"
        echo "	last exit code = 0"; echo "}"
        [ -f "$state/drains" ] && rm -f "$state/drains" "$state/loaded" "$state/running"; true ;;
      *) [ -f "$state/no-session" ] && exit 125; echo "domain" ;;
    esac ;;
  enable) rm -f "$state/disabled" ;;
  disable) touch "$state/disabled" ;;
  bootstrap) [ -f "$state/disabled" ] && { echo "Bootstrap failed: 119: Service is disabled" >&2; exit 119; }
    [ -f "$state/loaded" ] && { echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; }
    [ -f "$3" ] || exit 5; cp "$3" "$state/loaded"; echo 4242 > "$state/running" ;;
  kickstart) [ -f "$state/loaded" ] || exit 113; [ "$2" = -k ] && echo 4243 > "$state/running"; true ;;
  bootout) [ -f "$state/loaded" ] || exit 3
    [ -f "$state/slow" ] && { mv "$state/slow" "$state/drains"; exit 36; }; rm -f "$state/loaded" "$state/running" ;;
  *) exit 64 ;;
esac
`;

const SYSTEMCTL = `#!/bin/sh
state="$FAKE_STATE"; echo "systemctl $*" >> "$state/calls"
[ -f "$state/no-session" ] && { echo "Failed to connect to bus: No medium found" >&2; exit 1; }
[ "$1" = --user ] && shift
case "$1" in
  show) if [ -f "$state/loaded" ]; then echo LoadState=loaded; echo UnitFileState=enabled; else echo LoadState=not-found; fi
    echo MainPID=$(cat "$state/running" 2>/dev/null || echo 0); echo ExecMainStatus=0 ;;
  daemon-reload) ;;
  enable) touch "$state/loaded" ;;
  start|restart) [ -f "$state/loaded" ] || exit 5; echo 4242 > "$state/running" ;;
  disable) rm -f "$state/loaded" "$state/running" ;;
  *) exit 64 ;;
esac
`;

export function fakeTools(): FakeTools {
  const folder = mkdtempSync(join(tmpdir(), 'fake-tools-'));
  const [bin, state, home] = ['bin', 'state', 'home'].map((name) => join(folder, name));
  if (bin === undefined || state === undefined || home === undefined) throw new Error('no folders');
  for (const path of [bin, state, home]) mkdirSync(path);
  for (const [name, script] of [
    ['launchctl', LAUNCHCTL],
    ['systemctl', SYSTEMCTL],
  ] as const) {
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(join(state, 'calls'), '');
  const path = process.env.PATH;
  process.env.PATH = `${bin}${delimiter}${path}`;
  process.env.FAKE_STATE = state;
  return {
    home,
    calls: () => readFileSync(join(state, 'calls'), 'utf8').split('\n').filter(Boolean),
    isDisabled: () => existsSync(join(state, 'disabled')),
    drainsSlowly: () => writeFileSync(join(state, 'slow'), ''),
    withoutSession: () => writeFileSync(join(state, 'no-session'), ''),
    dispose: () => {
      process.env.PATH = path;
      delete process.env.FAKE_STATE;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
