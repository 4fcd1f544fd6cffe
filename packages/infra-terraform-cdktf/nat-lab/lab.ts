import { type ChildProcess, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probeUrls } from '../src/nat-instance/guest-hosts.ts';
import { renderUserData } from '../src/nat-instance/user-data.ts';
import { connect, Machine } from './machine.ts';

const REGION = 'us-east-1';
const FLOATING = {
  id: 'eni-lab',
  mac: '02:00:00:00:00:0b',
  address: '10.0.1.11',
  prefix: '24',
  gateway: '10.0.1.1',
} as const;
const INTERNET = '203.0.113.10';

/** What the instance gets: the shipped user data, with the lab's addresses. */
const USER_DATA = renderUserData({
  environment: 'lab',
  region: REGION,
  groupName: 'lab-nat',
  launchHook: 'forwards',
  probeUrls: probeUrls(REGION),
  privateCidrs: ['10.0.101.0/24', '10.0.102.0/24'],
  interface: FLOATING,
});

/**
 *  private 10.0.101.5 ──┐                      ┌── nat  ens5 10.0.1.10, floating 10.0.1.11
 *  other   10.0.200.5 ──┤ router (VPC and IGW) ├
 *                       └──────────────────────┴── internet 203.0.113.10, which knows 10.0.1.0/24 only
 *
 * The router sends what private and other send to the internet through the floating interface, as the private route
 * table does.
 */
export class Lab {
  readonly folder = labFolder();
  readonly #router = new Machine('router');
  readonly #internet = new Machine('internet');
  readonly #private = new Machine('private');
  readonly #other = new Machine('other');
  readonly #server: ChildProcess;
  #nat: Machine | null = null;
  #timer: ChildProcess | null = null;

  constructor() {
    mkdirSync(join(this.folder, 'aws'));
    this.aws('source-dest-check', 'False');
    writeFileSync(
      join(this.folder, 'hosts'),
      `127.0.0.1 localhost\n${INTERNET} ${probeUrls(REGION)
        .map((url) => new URL(url).host)
        .join(' ')}\n`,
    );
    const router = this.#router;
    router.run(`sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
      ip link add public type bridge; ip addr add 10.0.1.1/24 dev public; ip link set public up
      nft add table ip source_dest_check; nft 'add chain ip source_dest_check forward { type filter hook forward priority 0; }'`);
    for (const [machine, device, subnet] of [
      [this.#private, 'private', '10.0.101'],
      [this.#other, 'other', '10.0.200'],
    ] as const) {
      connect(router, device, machine, 'eth0');
      machine.run(`ip addr add ${subnet}.5/24 dev eth0; ip route add default via ${subnet}.1`);
      router.run(`ip addr add ${subnet}.1/24 dev ${device}; ip rule add iif ${device} lookup 100`);
    }
    router.run(`ip route add default via ${FLOATING.address} dev public onlink table 100`);
    connect(router, 'wan', this.#internet, 'eth0');
    router.run('ip addr add 203.0.113.1/24 dev wan');
    this.#internet.run(`ip addr add ${INTERNET}/24 dev eth0; ip route add 10.0.1.0/24 via 203.0.113.1`);
    this.#server = this.#internet.start(
      `${process.execPath} -e "require('node:http').createServer((request, response) => response.end('here')).listen(80)"`,
    );
  }

  /** Sets a fact of the lab's AWS: `holder` of the floating interface, `source-dest-check`. */
  aws(fact: 'holder' | 'source-dest-check', value: string): void {
    writeFileSync(join(this.folder, 'aws', fact), `${value}\n`);
  }

  awsCalls(): string[] {
    return readFileSync(join(this.folder, 'aws/calls'), 'utf8').trim().split('\n');
  }

  /** What the instance told its group of its launch, the last time. */
  finishedLaunch(): string | null {
    const last = this.awsCalls().findLast((call) => call.includes('complete-lifecycle-action'));
    return last?.split(' ').at(-1) ?? null;
  }

  holder(): string {
    return readFileSync(join(this.folder, 'aws/holder'), 'utf8').trim();
  }

  /** AWS turns the source/destination check on: packets that are not the interface's own do not reach it. */
  checkSourceAndDestination(): void {
    this.aws('source-dest-check', 'True');
    this.#router.run(`nft 'add rule ip source_dest_check forward oifname "public" ip daddr != 10.0.1.0/24 drop'`);
  }

  /** A new instance, its disk empty. The floating interface is another's, nobody's, or (a seed's instance) its own. */
  launch(holder: 'i-lab' | 'i-predecessor' | 'None'): Machine {
    this.powerOff();
    rmSync(join(this.folder, 'disk'), { recursive: true, force: true });
    for (const fact of ['swap-file', 'swap-made', 'swap-on']) rmSync(join(this.folder, 'aws', fact), { force: true });
    this.aws('holder', holder);
    return this.boot();
  }

  /** The same disk in a new machine. */
  boot(environment: Readonly<Record<string, string>> = {}): Machine {
    this.powerOff();
    const nat = new Machine('nat', {
      disk: join(this.folder, 'disk'),
      fakes: join(import.meta.dirname, 'fakes'),
      hosts: join(this.folder, 'hosts'),
      environment: { LAB_AWS: join(this.folder, 'aws'), LAB_ROUTER_PID: `${this.#router.pid}`, ...environment },
    });
    this.#nat = nat;
    const router = this.#router;
    router.try('ip link del nat-primary; ip link del eni-router');
    connect(router, 'nat-primary', nat, 'ens5');
    nat.run('ip addr add 10.0.1.10/24 dev ens5; ip route add default via 10.0.1.1');
    router.run(`ip link set nat-primary master public
      ip link add eni-router type veth peer name eni-floating address ${FLOATING.mac}
      ip link set eni-router master public up`);
    // An interface that is attached stays attached over a reboot.
    if (this.holder() === 'i-lab') router.run(`ip link set eni-floating netns ${nat.pid}`);
    return nat;
  }

  powerOff(): void {
    if (this.#timer) endGroup(this.#timer);
    this.#nat?.powerOff();
    this.#timer = null;
    this.#nat = null;
  }

  /** What cloud-init does at the first boot. */
  runUserData(): { readonly status: number | null; readonly output: string } {
    const script = join(this.folder, 'user-data');
    writeFileSync(script, USER_DATA, { mode: 0o755 });
    const result = this.nat.try(script);
    if (result.status === 0) this.#startTimer();
    return result;
  }

  /** What systemd does at each later boot: the enabled units. */
  startUnits(): void {
    const enabled = this.nat.run('ls /etc/systemd/system/enabled').trim().split('\n');
    for (const unit of enabled.filter((each) => each.endsWith('.service'))) this.nat.run(`systemctl start ${unit}`);
    if (enabled.some((each) => each.endsWith('.timer'))) this.#startTimer();
  }

  get nat(): Machine {
    if (!this.#nat) throw new Error('There is no NAT instance.');
    return this.#nat;
  }

  /** One request from a private subnet to the internet. */
  requestGetsThrough(from: 'private' | 'other' = 'private'): boolean {
    const machine = from === 'private' ? this.#private : this.#other;
    return machine.try(`curl -sf -o /dev/null --connect-timeout 1 -m 1 http://${INTERNET}/`).status === 0;
  }

  /** Seconds until requests get through again; Infinity after `within_s`. */
  secondsUntilThrough(within_s: number): number {
    const begun = performance.now();
    const passed_s = () => (performance.now() - begun) / 1000;
    while (passed_s() < within_s) {
      if (this.requestGetsThrough()) return passed_s();
      spawnSync('sleep', ['0.2']);
    }
    return Number.POSITIVE_INFINITY;
  }

  close(): void {
    this.powerOff();
    endGroup(this.#server);
    for (const machine of [this.#router, this.#internet, this.#private, this.#other]) machine.powerOff();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The watchdog's timer, turned by a loop: the period and the command are the shipped unit's. */
  #startTimer(): void {
    const units = '/etc/systemd/system/slipstream-nat-watchdog';
    const period = this.nat.run(`sed -n 's/^OnUnitActiveSec=//p' ${units}.timer`).trim();
    const command = this.nat.run(`sed -n 's/^ExecStart=//p' ${units}.service`).trim();
    // OnUnitActiveSec counts from the unit's last start, not from its end.
    const loop = `sleep ${period}; while true; do sleep ${period} & ${command}; wait $!; done`;
    this.#timer = this.nat.start(`bash -c '${loop}' >>${this.folder}/watchdog.log 2>&1`);
  }

  watchdogLog(): string {
    const path = join(this.folder, 'watchdog.log');
    return spawnSync('tail', ['-n', '40', path], { encoding: 'utf8' }).stdout;
  }
}

const FOLDER = 'slipstream-nat-lab-';

/** A new folder, named by this process; those of labs that were killed are removed. */
function labFolder(): string {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(FOLDER) ? name.slice(FOLDER.length).split('-')[0] : undefined;
    if (pid !== undefined && !existsSync(`/proc/${pid}`))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
  return mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
}

/** A child and all that it started: whatever is left would keep the machine's namespaces alive. */
function endGroup(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
}
