import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { TICKS_PER_SECOND } from './process-usage';

/** What the figures were taken on: they compare targets of one run, not machines. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMb: number;
  /** Running processes per minute before the run: above the number of cores, others were at work too. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  const all = cpus();
  return {
    node: process.version,
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    memoryMb: Math.round(totalmem() / 1_048_576),
    loadBefore: loadavg()[0] ?? 0,
  };
}

/** Time that the cores of the machine were busy since its start, all together. */
export function busyCoresMs(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  // user, nice, system, idle, iowait, irq, softirq, steal (proc(5)); what follows is contained in user and nice.
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const [, , , idle = 0, wait = 0] = ticks;
  const busy = ticks.reduce((sum, each) => sum + each, 0) - idle - wait;
  return (busy * 1_000) / TICKS_PER_SECOND;
}
