import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that outlive a reboot: the machine's disk. Everything else of the file system is the host's, read as it is. */
const DISK = [
  '/etc/slipstream-nat',
  '/etc/sysctl.d',
  '/etc/systemd/system',
  '/etc/systemd/networkd.conf.d',
  '/usr/local/lib/slipstream-nat',
] as const;

export interface MachineOptions {
  /** Host folder that stands for its disk; without one, nothing is kept. */
  readonly disk?: string;
  /** Folder of stand-ins, first on the PATH. */
  readonly fakes?: string;
  /** Replaces /etc/hosts. */
  readonly hosts?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * A machine of the lab: network, mounts, processes and /run of its own, held by one idle process; ending it is a power cut.
 * The kernel ends what was started on a machine with its first process, so that a lab that is killed leaves none.
 */
export class Machine {
  readonly name: string;
  readonly #holder: ChildProcess;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(name: string, options: MachineOptions = {}) {
    this.name = name;
    // Nothing of the caller's own environment.
    this.#environment = {
      HOME: '/root',
      LANG: 'C.UTF-8',
      ...options.environment,
      PATH: [options.fakes, '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
        .filter(Boolean)
        .join(':'),
    };
    // `cat` is the first one. It ends when the lab ends, however it ends: its input closes.
    const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'];
    this.#holder = spawn('unshare', [...namespaces, 'cat'], { stdio: ['pipe', 'ignore', 'ignore'] });
    this.#waitForNamespaces();
    this.run('ip link set lo up; mount -t tmpfs tmpfs /run');
    if (options.disk !== undefined) this.#mountDisk(options.disk);
    if (options.fakes !== undefined) this.#expectStandIn(options.fakes, 'aws');
    if (options.hosts !== undefined) this.run(`mount --bind ${options.hosts} /etc/hosts`);
  }

  get pid(): number {
    const { pid } = this.#holder;
    if (pid === undefined) throw new Error(`${this.name} did not start: unshare(1) is needed, and root.`);
    return pid;
  }

  /** Runs a shell command inside; throws with what it printed when it fails. */
  run(command: string): string {
    const { status, stdout, output } = this.try(command);
    if (status !== 0) throw new Error(`${this.name}: ${command}\nended with ${status}:\n${output}`);
    return stdout;
  }

  try(command: string): { readonly status: number | null; readonly stdout: string; readonly output: string } {
    const { status, stdout, stderr } = spawnSync('nsenter', [...this.#enter(), 'bash', '--norc', '-c', command], {
      encoding: 'utf8',
      env: this.#environment,
      // bash takes a socket on its standard input for a remote login, and reads a profile that may put the real aws first.
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { status, stdout, output: `${stdout}${stderr}` };
  }

  /** Starts a command that stays. */
  start(command: string): ChildProcess {
    // As a process of the machine; unshare itself is none, its children are.
    const own = `--pid=/proc/${this.pid}/ns/pid_for_children`;
    return spawn('nsenter', [...this.#enter(), own, 'bash', '--norc', '-c', `exec ${command}`], {
      detached: true,
      env: this.#environment,
      stdio: 'ignore',
    });
  }

  powerOff(): void {
    this.#holder.kill('SIGKILL');
  }

  #enter(): string[] {
    return ['--target', `${this.pid}`, '--net', '--mount'];
  }

  /** unshare has to have made the namespaces before anybody enters them. */
  #waitForNamespaces(): void {
    const own = spawnSync('readlink', ['/proc/self/ns/net'], { encoding: 'utf8' }).stdout;
    for (let tries = 0; tries < 500; tries += 1) {
      const theirs = spawnSync('readlink', [`/proc/${this.pid}/ns/net`], { encoding: 'utf8' }).stdout;
      const first = spawnSync('cat', [`/proc/${this.pid}/task/${this.pid}/children`], {
        encoding: 'utf8',
      }).stdout.trim();
      const comm = spawnSync('cat', [`/proc/${first}/comm`], { encoding: 'utf8' }).stdout.trim();
      if (theirs !== '' && theirs !== own && comm === 'cat') return;
    }
    throw new Error(`${this.name} got no network namespace: the lab needs root and CAP_SYS_ADMIN.`);
  }

  /** The real command would speak to the real AWS. */
  #expectStandIn(fakes: string, command: string): void {
    const found = this.run(`command -v ${command}`).trim();
    if (found !== join(fakes, command))
      throw new Error(`${this.name} would run ${found} instead of the lab's ${command}.`);
  }

  #mountDisk(disk: string): void {
    // Mount points that the host lacks appear on copies of its folders, not on the host.
    for (const [index, parent] of ['/etc', '/usr/local/lib'].entries()) {
      const upper = `/run/overlay-${index}`;
      this.run(
        `mkdir -p ${upper}/new ${upper}/work; mount -t overlay overlay -o lowerdir=${parent},upperdir=${upper}/new,workdir=${upper}/work ${parent}`,
      );
      for (const path of DISK.filter((each) => each.startsWith(parent))) this.run(`mkdir -p ${path}`);
    }
    for (const path of DISK) {
      const source = join(disk, path);
      mkdirSync(source, { recursive: true });
      this.run(`mount --bind ${source} ${path}`);
    }
  }
}

/** A cable between two machines. */
export function connect(a: Machine, aDevice: string, b: Machine, bDevice: string, bMac?: string): void {
  const mac = bMac === undefined ? '' : `address ${bMac}`;
  a.run(`ip link add ${aDevice} type veth peer name ${bDevice} ${mac} netns ${b.pid}; ip link set ${aDevice} up`);
  b.run(`ip link set ${bDevice} up`);
}
