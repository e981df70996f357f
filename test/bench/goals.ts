import type { Row, StreamRow } from './summary';
import type { TargetName } from './targets/target';

export interface Goal {
  readonly goal: string;
  readonly measured: string;
  /** Null when it was not measured. */
  readonly met: boolean | null;
}

const BUSY = 64;
const TIMES_PEER = 4;
const PART_OF_BARE_PROXY = 0.35;
const ADDED_P50_MS = 1;
const ADDED_FIRST_BYTE_MS = 2;

/** What the figures are for. */
export function judge(rows: readonly Row[], streams: readonly StreamRow[]): Goal[] {
  const peer = ratio(rows, 'peer');
  const bare = ratio(rows, 'bare-proxy');
  const alone = rows.find(({ target, connections }) => target === 'spendgraph' && connections === 1);
  const stream = streams.find(({ target }) => target === 'spendgraph');
  return [
    atLeast(`requests/s at ${String(BUSY)} connections, times the peer's`, peer, TIMES_PEER),
    atLeast(`requests/s at ${String(BUSY)} connections, part of the bare proxy's`, bare, PART_OF_BARE_PROXY),
    atMost('added p50 at 1 connection, ms', alone?.addedP50Ms ?? null, ADDED_P50_MS),
    atMost('first streamed byte later than direct, p50 ms', stream?.addedP50Ms ?? null, ADDED_FIRST_BYTE_MS),
  ];
}

function ratio(rows: readonly Row[], base: TargetName): number | null {
  const rate = (name: TargetName): number | undefined =>
    rows.find(({ target, connections }) => target === name && connections === BUSY)?.requestsPerSecond;
  const ours = rate('spendgraph');
  const theirs = rate(base);
  return ours === undefined || theirs === undefined ? null : ours / theirs;
}

function atLeast(what: string, value: number | null, least: number): Goal {
  return {
    goal: `${what}: >= ${String(least)}`,
    measured: value?.toFixed(2) ?? 'not measured',
    met: value === null ? null : value >= least,
  };
}

function atMost(what: string, value: number | null, most: number): Goal {
  return {
    goal: `${what}: <= ${String(most)}`,
    measured: value?.toFixed(2) ?? 'not measured',
    met: value === null ? null : value <= most,
  };
}
