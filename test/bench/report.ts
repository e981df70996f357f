import type { Goal } from './goals';
import type { LedgerProof } from './ledger-proof';
import { median } from './load/percentile';
import type { Row, StreamRow } from './summary';

const DISTURBING_CORES = 0.2;

/** Lines of equal columns, numbers to the right. */
export function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...body.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

export function loadTable(rows: readonly Row[]): string {
  const head = [
    ...['target', 'conns', 'req/s', 'p50 ms', 'p99 ms', '+p50', '+p99'],
    ...['cpu us/req', 'db us/req', 'cores: own', 'db', 'mock', 'load', 'others', 'MB', 'db MB'],
  ];
  return table(
    head,
    rows.map((row) => [
      row.target,
      String(row.connections),
      row.requestsPerSecond.toFixed(0),
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      signed(row.addedP50Ms),
      signed(row.addedP99Ms),
      row.serverCpuMicros.toFixed(0),
      row.databaseCpuMicros.toFixed(0),
      row.busyCores.server.toFixed(2),
      row.busyCores.database.toFixed(2),
      row.busyCores.mock.toFixed(2),
      row.busyCores.load.toFixed(2),
      row.busyCores.others.toFixed(2),
      row.serverMb.toFixed(0),
      row.databaseMb.toFixed(0),
    ]),
  );
}

export function streamTable(rows: readonly StreamRow[]): string {
  return table(
    ['target', 'first byte p50 ms', 'p99 ms', '+p50'],
    rows.map((row) => [
      row.target,
      row.firstByteP50Ms.toFixed(2),
      row.firstByteP99Ms.toFixed(2),
      signed(row.addedP50Ms),
    ]),
  );
}

export function goalTable(goals: readonly Goal[]): string {
  return table(
    ['goal', 'measured', ''],
    goals.map(({ goal, measured, met }) => [goal, measured, met === null ? '' : met ? 'met' : 'NOT MET']),
  );
}

export function proofText(proof: LedgerProof): string {
  const { figures, durability } = proof;
  const settings = Object.entries(durability).map(([name, value]) => `${name} ${value}`);
  const counted = `${String(proof.answeredCalls)} calls answered, ${String(figures.spendRows)} spend rows, $${figures.cost} (${settings.join(', ')})`;
  return [counted, proof.verify, ...proof.problems.map((problem) => `PROBLEM ${problem}`)].join('\n');
}

/** Says so when the machine was shared: then only the CPU per request means anything, and even that is dearer. */
export function disturbance(rows: readonly Row[], cores: number): string | null {
  const others = median(rows.map(({ busyCores }) => busyCores.others));
  if (others <= DISTURBING_CORES) return null;
  return (
    `Other programs used ${others.toFixed(1)} of ${String(cores)} cores meanwhile. Requests/s and latencies are those of ` +
    'a busy machine: run it again when nothing else runs, before judging by the goals.'
  );
}

function signed(value: number | null): string {
  return value === null ? '' : value.toFixed(2);
}
