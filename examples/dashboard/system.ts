/** Readings of the machine: processor load, memory, processes. Linux is read from /proc; elsewhere `ps` is asked. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';

export interface Process {
  readonly pid: number;
  readonly name: string;
  /** Share of one core, in percent. */
  readonly cpuPercent: number;
  readonly memoryBytes: number;
}

export interface Sample {
  /** Load of all cores together, then of each, 0–100. */
  readonly cpuPercent: number;
  readonly corePercents: readonly number[];
  readonly memoryUsedBytes: number;
  readonly memoryTotalBytes: number;
  readonly processes: readonly Process[];
}

const CLOCK_TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

interface Times {
  readonly busy: number;
  readonly total: number;
}

/** Reads the machine; each call measures since the one before. */
export class SystemReader {
  private cores: Times[] = coreTimes();
  private ticks = new Map<number, number>();
  private readAtMs = performance.now();

  async read(): Promise<Sample> {
    const cores = coreTimes();
    const corePercents = cores.map((now, i) => percent(now, this.cores[i] ?? now));
    this.cores = cores;
    const nowMs = performance.now();
    const seconds = Math.max(0.001, (nowMs - this.readAtMs) / 1000);
    this.readAtMs = nowMs;
    const total = totalmem();
    return {
      cpuPercent: corePercents.reduce((sum, value) => sum + value, 0) / Math.max(1, corePercents.length),
      corePercents,
      memoryUsedBytes: total - (await availableBytes()),
      memoryTotalBytes: total,
      processes: await this.processes(seconds),
    };
  }

  private async processes(seconds: number): Promise<Process[]> {
    const pids = await readdir('/proc').then(
      (names) => names.filter((name) => /^\d+$/.test(name)).map(Number),
      () => null,
    );
    if (pids === null) return processesByPs();
    const ticks = new Map<number, number>();
    const found: Process[] = [];
    for (const pid of pids) {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const open = stat.indexOf('(');
      const close = stat.lastIndexOf(')');
      if (open < 0 || close < 0) continue;
      const fields = stat.slice(close + 2).split(' ');
      const used = Number(fields[11]) + Number(fields[12]);
      ticks.set(pid, used);
      const before = this.ticks.get(pid) ?? used;
      found.push({
        pid,
        name: stat.slice(open + 1, close),
        cpuPercent: ((used - before) / CLOCK_TICKS_PER_SECOND / seconds) * 100,
        memoryBytes: Number(fields[21]) * PAGE_BYTES,
      });
    }
    this.ticks = ticks;
    return found;
  }
}

function coreTimes(): Times[] {
  return cpus().map(({ times }) => {
    const total = times.user + times.nice + times.sys + times.idle + times.irq;
    return { busy: total - times.idle, total };
  });
}

function percent(now: Times, before: Times): number {
  const total = now.total - before.total;
  return total <= 0 ? 0 : Math.min(100, Math.max(0, ((now.busy - before.busy) / total) * 100));
}

async function availableBytes(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const match = /MemAvailable:\s+(\d+) kB/.exec(text);
  return match === null ? freemem() : Number(match[1]) * 1024;
}

function processesByPs(): Promise<Process[]> {
  return new Promise((resolve) => {
    execFile('ps', ['-axo', 'pid=,pcpu=,rss=,comm='], (error, stdout) => {
      if (error !== null) {
        resolve([]);
        return;
      }
      resolve(
        stdout
          .split('\n')
          .map((line) => /^\s*(\d+)\s+([\d.]+)\s+(\d+)\s+(.*)$/.exec(line))
          .filter((match) => match !== null)
          .map((match) => ({
            pid: Number(match[1]),
            cpuPercent: Number(match[2]),
            memoryBytes: Number(match[3]) * 1024,
            name: match[4].split('/').pop() ?? '',
          })),
      );
    });
  });
}
