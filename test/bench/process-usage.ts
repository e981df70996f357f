import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used since it began, and what it occupies now. */
export interface ProcessUsage {
  readonly cpuMs: number;
  readonly memoryMb: number;
}

/** The unit of CPU times in /proc on every platform that node runs on (USER_HZ; proc(5)). */
export const TICKS_PER_SECOND = 100;
const KB_PER_MB = 1_024;

/** User and system time, and resident memory, of one process. */
export function usageOf(pid: number): ProcessUsage {
  return { cpuMs: cpuMsOf(pid), memoryMb: kilobytes(`/proc/${pid}/status`, 'VmRSS') / KB_PER_MB };
}

/** The same of all processes below it, such as a database that it started. Memory that they share is counted once. */
export function usageOfDescendants(pid: number): ProcessUsage {
  let cpuMs = 0;
  let memoryKb = 0;
  for (const each of descendants(pid)) {
    try {
      cpuMs += cpuMsOf(each);
      memoryKb += kilobytes(`/proc/${each}/smaps_rollup`, 'Pss');
    } catch {
      // It ended while it was read.
    }
  }
  return { cpuMs, memoryMb: memoryKb / KB_PER_MB };
}

/** Children that have ended and been waited for are counted with their parent. */
function cpuMsOf(pid: number): number {
  const fields = statFields(pid);
  const [user, system, childrenUser, childrenSystem] = [11, 12, 13, 14].map((place) => Number(fields[place]));
  const ticks = (user ?? 0) + (system ?? 0) + (childrenUser ?? 0) + (childrenSystem ?? 0);
  return (ticks * 1_000) / TICKS_PER_SECOND;
}

function descendants(pid: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(statFields(Number(name))[1]);
      childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended while the list was made.
    }
  }
  const below = (parent: number): number[] =>
    (childrenOf.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** The fields after the command's name, which may itself hold spaces and brackets: state, parent, … (proc(5)). */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function kilobytes(path: string, name: string): number {
  const line = readFileSync(path, 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  return Number(/\d+/.exec(line ?? '')?.[0] ?? 0);
}
