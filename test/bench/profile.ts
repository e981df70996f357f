import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One line of where the time went. */
export interface ProfileLine {
  readonly what: string;
  /** Of the time in which the process was busy. */
  readonly perCent: number;
}

export interface ProfileSummary {
  readonly file: string;
  readonly busyMs: number;
  readonly byPlace: readonly ProfileLine[];
  readonly byFunction: readonly ProfileLine[];
}

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const MOST_LINES = 30;
const IDLE = new Set(['(idle)', '(root)']);

/** Sums up the profile of the main thread, which is the one with the most busy samples. */
export async function summariseProfiles(folder: string): Promise<ProfileSummary | null> {
  const summaries: ProfileSummary[] = [];
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.cpuprofile')) continue;
    const file = join(folder, name);
    summaries.push(summarise(file, JSON.parse(await readFile(file, 'utf8')) as CpuProfile));
  }
  return summaries.sort((a, b) => b.busyMs - a.busyMs)[0] ?? null;
}

function summarise(file: string, { nodes, samples, timeDeltas }: CpuProfile): ProfileSummary {
  const selfMicros = new Map<number, number>();
  samples.forEach((id, index) => {
    selfMicros.set(id, (selfMicros.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  });
  const places = new Map<string, number>();
  const functions = new Map<string, number>();
  let busyMicros = 0;
  for (const { id, callFrame } of nodes) {
    const micros = selfMicros.get(id) ?? 0;
    if (IDLE.has(callFrame.functionName)) continue;
    busyMicros += micros;
    const place = placeOf(callFrame.url, callFrame.functionName);
    const line = `${callFrame.functionName || '(anonymous)'} ${shortUrl(callFrame.url)}:${String(callFrame.lineNumber + 1)}`;
    places.set(place, (places.get(place) ?? 0) + micros);
    functions.set(line, (functions.get(line) ?? 0) + micros);
  }
  return {
    file,
    busyMs: busyMicros / 1_000,
    byPlace: linesOf(places, busyMicros),
    byFunction: linesOf(functions, busyMicros),
  };
}

function linesOf(sums: ReadonlyMap<string, number>, total: number): ProfileLine[] {
  return [...sums]
    .map(([what, micros]) => ({ what, perCent: (micros * 100) / total }))
    .sort((a, b) => b.perCent - a.perCent)
    .slice(0, MOST_LINES);
}

/** A package, a folder of the source, a module of node, or what the engine itself does. */
function placeOf(url: string, functionName: string): string {
  if (url.startsWith('node:')) return url;
  const installed = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url)?.[1];
  if (installed !== undefined) return installed;
  const own = /\/dist\/(src\/[^/]+(?:\/[^/.]+(?=\/))?)/.exec(url)?.[1];
  if (own !== undefined) return own;
  return functionName.startsWith('(') ? functionName : `native ${functionName}`;
}

function shortUrl(url: string): string {
  return url.replace(/^.*\/(?:dist|node_modules)\//, '');
}
