import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { formatMoney, parseMoney } from '../../src/domain/money/decimal-text';
import type { Money } from '../../src/domain/money/money';
import { INPUT_TOKENS, OUTPUT_TOKENS } from './mock-provider/answers';
import type { LedgerFigures } from './targets/ledger-reader';
import { COMMAND_LINE, ROOT } from './targets/paths';
import { INPUT_PRICE, OUTPUT_PRICE, type SpendgraphTarget } from './targets/spendgraph';

const LIMITS_ON_THE_PATH = 3;
const run = promisify(execFile);

export interface LedgerProof {
  readonly ok: boolean;
  /** Calls that were answered with success, as the load counted them. */
  readonly answeredCalls: number;
  readonly expectedCost: string;
  readonly figures: LedgerFigures;
  readonly durability: Readonly<Record<string, string>>;
  /** What `spendgraph verify` printed. */
  readonly verify: string;
  readonly problems: readonly string[];
}

/** Whether every answered call is in the ledger, once and at its price, and whether the ledger proves itself. */
export async function proveLedger(target: SpendgraphTarget, answeredCalls: number): Promise<LedgerProof> {
  await target.settle();
  const figures = await target.ledger.figures();
  const durability = await target.ledger.durability();
  const expectedCost = formatMoney(costOfOne() * BigInt(answeredCalls));
  const problems: string[] = [];
  const expect = (what: string, expected: number | string, actual: number | string): void => {
    if (expected !== actual) problems.push(`${what}: expected ${String(expected)}, found ${String(actual)}`);
  };
  expect('spend rows', answeredCalls, figures.spendRows);
  expect('priced rows of successes', answeredCalls, figures.goodRows);
  expect('cost', expectedCost, formatMoney(dollars(figures.cost)));
  expect('limits on the path of each call', LIMITS_ON_THE_PATH, figures.fewestLimits);
  expect('open reservations', 0, figures.openReservations);
  expect('fsync', 'on', durability['fsync'] ?? '');
  expect('synchronous_commit', 'on', durability['synchronous_commit'] ?? '');
  const verified = await verify(target.dataDir);
  if (!verified.ok) problems.push('spendgraph verify found differences');
  return {
    ok: problems.length === 0,
    answeredCalls,
    expectedCost,
    figures,
    durability,
    verify: verified.output,
    problems,
  };
}

function costOfOne(): Money {
  return dollars(INPUT_PRICE) * BigInt(INPUT_TOKENS) + dollars(OUTPUT_PRICE) * BigInt(OUTPUT_TOKENS);
}

function dollars(text: string): Money {
  const money = parseMoney(text);
  if (!money.ok) throw new Error(`${text} is no amount of money.`);
  return money.value;
}

/** The command line's proof, on the data folder of the running server. */
async function verify(dataDir: string): Promise<{ ok: boolean; output: string }> {
  const env = { PATH: process.env['PATH'] ?? '', SPENDGRAPH_DATA_DIR: dataDir };
  try {
    const { stdout } = await run(process.execPath, [COMMAND_LINE, 'verify'], { cwd: ROOT, env });
    return { ok: true, output: stdout.trim() };
  } catch (error) {
    return { ok: false, output: String(error) };
  }
}
