import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureRounds, startServers, type Measurements, type Servers } from './bench';
import { judge } from './goals';
import { proveLedger, type LedgerProof } from './ledger-proof';
import { describeMachine } from './machine';
import { readOptions, type BenchOptions } from './options';
import { summariseProfiles, type ProfileSummary } from './profile';
import { disturbance, goalTable, loadTable, proofText, streamTable, table } from './report';
import { rowsOf, streamRowsOf } from './summary';
import { RESULTS } from './targets/paths';

const PROFILES = join(RESULTS, 'profiles');
/** Errors of measurement that make the figures worthless, and differences in the ledger, fail the run. Goals do not. */
const FAILED = 1;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const machine = describeMachine();
  await rm(PROFILES, { recursive: true, force: true });
  await mkdir(PROFILES, { recursive: true });
  const flags = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`] : [];
  const servers = await startServers(options, flags);
  let measured: { measurements: Measurements; proof: LedgerProof | null };
  try {
    measured = await measureAndProve(servers, options);
  } finally {
    await servers.stop();
  }
  const { measurements, proof } = measured;
  const profile = options.profile ? await summariseProfiles(PROFILES) : null;
  const rows = rowsOf(measurements.samples);
  const streamRows = streamRowsOf(measurements.streams);
  const goals = judge(rows, streamRows);
  const { skipped } = servers;
  const disturbed = disturbance(rows, machine.cores);
  const results = {
    at: new Date().toISOString(),
    machine,
    options,
    skipped,
    disturbed,
    goals,
    rows,
    streamRows,
  };
  const path = join(RESULTS, 'latest.json');
  await writeFile(path, JSON.stringify({ ...results, proof, profile, ...measurements }, null, 2));
  print([
    `${machine.cpu}, ${String(machine.cores)} cores, node ${machine.node}, load ${machine.loadBefore.toFixed(1)} before the run`,
    ...skipped,
    loadTable(rows),
    streamTable(streamRows),
    goalTable(goals),
    ...(disturbed === null ? [] : [disturbed]),
    ...(proof ? [proofText(proof)] : []),
    ...(profile ? [profileText(profile)] : []),
    `Written to ${path}`,
  ]);
  if (proof?.ok === false) process.exitCode = FAILED;
}

async function measureAndProve(servers: Servers, options: BenchOptions) {
  const measurements = await measureRounds(servers, options, (text) => console.log(text));
  const { spendgraph } = servers;
  const proof = spendgraph ? await proveLedger(spendgraph, measurements.answeredCalls) : null;
  return { measurements, proof };
}

function profileText({ file, busyMs, byPlace, byFunction }: ProfileSummary): string {
  const lines = (all: ProfileSummary['byPlace']) =>
    all.map(({ what, perCent }) => [what, perCent.toFixed(1)]);
  return [
    `CPU profile of spendgraph, ${busyMs.toFixed(0)} ms busy: ${file}`,
    table(['where', '%'], lines(byPlace)),
    table(['function', '%'], lines(byFunction)),
  ].join('\n\n');
}

function print(parts: readonly string[]): void {
  console.log(`\n${parts.join('\n\n')}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = FAILED;
});
