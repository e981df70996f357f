import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemErrorCode } from '../system-error';

/** Enough to recognise a process for certain: process ids are reused, and repeat between machines and containers. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Host name and, on Linux, the pid namespace: pids mean nothing outside it. */
  readonly machine: string;
  /** Kernel's start time of the process in ticks since boot; null where the system doesn't tell. */
  readonly startTicks: string | null;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, machine: thisMachine(), startTicks: startTicks(process.pid) };
}

export function thisMachine(): string {
  return `${hostname()} ${pidNamespace()}`.trim();
}

/** Whether that very process still runs on this machine. A process of another machine counts as dead here. */
export function isSameProcessAlive(identity: ProcessIdentity): boolean {
  if (identity.machine !== thisMachine() || !isAlive(identity.pid)) return false;
  return identity.startTicks === null || identity.startTicks === startTicks(identity.pid);
}

/** Whether a process with this id runs. A zombie, which nobody reaps in some containers, doesn't. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) === 'EPERM' && processState(pid) !== 'Z';
  }
  return processState(pid) !== 'Z';
}

/** Name of the running program, null where the system doesn't tell. */
export function programName(pid: number): string | null {
  return readText(`/proc/${pid}/comm`)?.trim() ?? null;
}

function processState(pid: number): string | null {
  return statFields(pid)?.[0] ?? null;
}

function startTicks(pid: number): string | null {
  return statFields(pid)?.[19] ?? null;
}

/** The fields of /proc/<pid>/stat after the program's name, which may itself hold spaces and brackets (proc(5)). */
function statFields(pid: number): string[] | null {
  const text = readText(`/proc/${pid}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
