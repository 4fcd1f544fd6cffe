import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** USER_HZ, which Linux gives to programs as 100 on every architecture. */
const TICKS_PER_S = 100;

/** Processor time and memory of this process and its children; of this one alone where there is no /proc. */
export const processTree = {
  cpuSeconds(): number {
    const { user, system } = process.cpuUsage();
    const own = (user + system) / 1e6;
    return children().reduce((sum, pid) => sum + (statOf(pid)?.cpu_s ?? 0), own);
  },

  /** Forgets this process's own peak so far (proc(5), clear_refs); children begin with none. */
  resetPeak(): void {
    try {
      writeFileSync(`/proc/${process.pid}/clear_refs`, '5');
    } catch {
      // Not Linux: the peak is not known either.
    }
  },

  /** Sum of each process's own peak; null where it cannot be known. */
  peakMb(): number | null {
    const peaks = [process.pid, ...children()].map((pid) => statOf(pid)?.peak_mb);
    return peaks.some((peak) => peak === undefined)
      ? null
      : Math.round(peaks.reduce<number>((sum, peak) => sum + (peak ?? 0), 0));
  },
};

function children(): number[] {
  try {
    const threads = readdirSync(`/proc/${process.pid}/task`);
    return threads
      .map((thread) => readFileSync(`/proc/${process.pid}/task/${thread}/children`, 'utf8').trim())
      .flatMap((list) => (list === '' ? [] : list.split(' ').map(Number)));
  } catch {
    return []; // not Linux
  }
}

function statOf(pid: number): { cpu_s: number; peak_mb: number } | null {
  try {
    // proc(5): the name stands in brackets and may hold blanks; utime and stime are fields 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const peakKb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    return { cpu_s: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S, peak_mb: peakKb / 1_024 };
  } catch {
    return null; // it has just ended, or this is not Linux
  }
}
