import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'pg';
import type { CallAsk } from '../../../src/domain/ledger/call-ask';
import { voidedCall, type CallEnd } from '../../../src/domain/ledger/call-end';
import { newId } from '../../../src/domain/ids';
import { Ledger } from '../../../src/ledger/ledger.service';
import { systemClock } from '../../../src/platform/clock';
import { HintBus } from '../../../src/platform/events/hint-bus';
import { silentLog } from '../../../src/platform/logger';
import { callers, type Caller, type Pattern } from './draw';
import { LIMITS_ON_A_PATH } from './population';

export interface Job {
  readonly clients: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
  readonly pattern: Pattern;
  readonly seed: number;
}

export interface JobResult {
  readonly pairs: number;
  /** Milliseconds of each pair, reserve to settled. */
  readonly latenciesMs: readonly number[];
  readonly cpuMs: number;
}

const HOLD = 250_000_000n;
const COST = 33_000_000n;

function askOf(caller: Caller): CallAsk {
  return {
    callId: newId('call', systemClock.now()),
    keyVersion: 1,
    priced: true,
    hold: HOLD,
    holdInputTokens: 120,
    holdOutputTokens: 64,
    deadlineMs: 600_000,
    idempotency: null,
    snapshot: {
      ...caller,
      organizationName: 'Bench',
      teamName: 'Bench',
      projectId: null,
      userId: null,
      keyAlias: null,
      tags: [],
      metadata: {},
      provider: 'openai',
      deploymentId: null,
      model: 'bench-model',
      endpoint: '/v1/chat/completions',
      stream: false,
    },
  };
}

function endOf(callId: string): CallEnd {
  return {
    ...voidedCall(callId, null),
    outcome: 'SETTLED',
    status: 'SUCCESS',
    cost: COST,
    costBreakdown: { input: '0.000009', output: '0.000024' },
    usage: { inputText: 9, outputText: 12 },
    rawUsage: { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 },
    usageSource: 'PROVIDER',
    inputTokens: 9,
    outputTokens: 12,
    requests: 1,
    servedModel: 'bench-model',
    durationMs: 5,
    firstByteMs: 4,
    httpStatus: 200,
  };
}

/** One server process's ledger, asked by so many clients, each of which does one call after another. */
async function run(ledger: Ledger, job: Job): Promise<JobResult> {
  const draw = callers(job.pattern, job.seed);
  let latenciesMs: number[] = [];
  let isOver = false;
  const client = async (): Promise<void> => {
    while (!isOver) {
      const startedMs = performance.now();
      const ask = askOf(draw());
      const verdict = await ledger.reserve(ask);
      if (verdict.kind !== 'ADMITTED') throw new Error(`A call was not admitted: ${verdict.kind}.`);
      await ledger.settle(endOf(ask.callId));
      latenciesMs.push(performance.now() - startedMs);
    }
  };
  const clients = Array.from({ length: job.clients }, client);
  await delay(job.warmUpMs);
  latenciesMs = [];
  const before = process.cpuUsage();
  await delay(job.measuredMs);
  const { user, system } = process.cpuUsage(before);
  const measured = latenciesMs;
  isOver = true;
  await Promise.all(clients);
  return { pairs: measured.length, latenciesMs: measured, cpuMs: (user + system) / 1_000 };
}

async function main(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 5 });
  const hints = new HintBus({
    notify: async (channel, payload) => {
      await pool.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    listener: { on: () => undefined, onReconnect: () => undefined },
    delayMs: 25,
    onError: () => undefined,
  });
  const ledger = new Ledger({
    pool,
    hints,
    clock: systemClock,
    log: silentLog,
    ownerId: `bench_${String(process.pid)}`,
    leaseTtlMs: 30_000,
    wait: delay,
  });
  await ledger.start();
  process.on('message', (job: Job | 'stop') => {
    if (job === 'stop') {
      void ledger
        .stop()
        .then(() => hints.close())
        .then(() => pool.end())
        .then(() => process.disconnect());
      return;
    }
    run(ledger, job).then(
      (result) => process.send?.(result),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.send?.({ ready: true, limits: LIMITS_ON_A_PATH });
}

void main(process.argv[2] ?? '');
