import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  completionCost,
  costPerToken,
  readBatchResults,
  RealtimeTally,
  registerModel,
  tokenCounter,
} from '../../src';

const run = promisify(execFile);
const ROOT = join(__dirname, '../..');

describe('completionCost', () => {
  const at = new Date('2026-06-01T00:00:00Z');

  it('is the cost of a usage block of any provider, exactly', () => {
    registerModel('exact', {
      input_cost_per_token: 0.0000025,
      output_cost_per_token: '0.00001',
      cache_read_input_token_cost: 1.25e-6,
    });
    const usage = {
      prompt_tokens: 1_000,
      completion_tokens: 3,
      total_tokens: 1_003,
      prompt_tokens_details: { cached_tokens: 400 },
    };
    expect(completionCost({ model: 'exact', usage, at })).toEqual({
      status: 'PRICED',
      costUsd: '0.00203',
      breakdown: { input: '0.0015', cacheRead: '0.0005', output: '0.00003' },
      unpricedUnits: [],
    });
    const anthropic = { input_tokens: 600, cache_read_input_tokens: 400, output_tokens: 3 };
    expect(completionCost({ model: 'exact', usage: anthropic, at }).costUsd).toBe('0.00203');
    const own = { inputText: 600, inputCacheRead: 400, outputText: 3 };
    expect(completionCost({ model: 'exact', usage: own, at }).costUsd).toBe('0.00203');
  });

  it('takes the model and the usage from a whole response', () => {
    const response = {
      model: 'gpt-4o-2024-08-06',
      usage: { prompt_tokens: 1_000_000, completion_tokens: 0, total_tokens: 1_000_000 },
    };
    expect(completionCost({ response, at })).toMatchObject({ status: 'PRICED', costUsd: '2.5' });
    const gemini = { usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 1, totalTokenCount: 11 } };
    expect(completionCost({ model: 'exact', response: gemini, at }).costUsd).toBe('0.000035');
  });

  it('is unknown and not zero for a model without a price, and free for one that says so', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    expect(completionCost({ model: 'nobody-knows-this', usage })).toMatchObject({
      status: 'UNPRICED',
      costUsd: null,
    });
    registerModel('gift', { input_cost_per_token: 0, output_cost_per_token: 0 });
    expect(completionCost({ model: 'gift', usage })).toMatchObject({ status: 'FREE', costUsd: '0' });
  });

  it('prices the lines of a batch result file at batch rates, and what a realtime session used', () => {
    registerModel('batched', {
      input_cost_per_token: 0.000002,
      output_cost_per_token: 0.000008,
      input_cost_per_token_batches: 0.000001,
      output_cost_per_token_batches: 0.000004,
    });
    const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
    const line = (id: string, status: number): string =>
      JSON.stringify({ custom_id: id, response: { status_code: status, body: { model: 'batched', usage } } });
    const answers = [...readBatchResults([line('a', 200), '', line('b', 500)])];
    expect(answers.map(({ id, failed }) => [id, failed])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    const cost = completionCost({ model: 'batched', usage: answers[0]?.usage?.usage, batch: true, at });
    expect(cost.costUsd).toBe('0.00014');

    const tally = new RealtimeTally();
    for (let turn = 0; turn < 2; turn++)
      tally.accept({ type: 'response.done', response: { usage: { input_tokens: 50, output_tokens: 5 } } });
    expect(completionCost({ model: 'batched', usage: tally.read().usage, at }).costUsd).toBe('0.00028');
  });

  it('throws when the model or the usage is missing', () => {
    expect(() => completionCost({ model: 'exact' })).toThrow(TypeError);
    expect(() => completionCost({ usage: { inputText: 1 } })).toThrow('Name the model');
  });
});

describe('registerModel', () => {
  it('refuses prices that it does not understand, by name', () => {
    expect(() => registerModel('odd', { input_cost_per_moonbeam: 1 })).toThrow('input_cost_per_moonbeam');
    expect(() => registerModel('odd', { input_cost_per_token: -1 })).toThrow('input_cost_per_token');
    expect(costPerToken({ model: 'odd' }).status).toBe('UNPRICED');
  });

  it('goes before the catalogue', () => {
    expect(costPerToken({ model: 'gpt-4.1' }).source).not.toBe('registered');
    registerModel('gpt-4.1', { input_cost_per_token: 1, output_cost_per_token: 2 });
    expect(costPerToken({ model: 'gpt-4.1' })).toMatchObject({
      status: 'PRICED',
      inputUsd: '1',
      outputUsd: '2',
      source: 'registered',
    });
  });
});

describe('tokenCounter', () => {
  it('counts texts, and messages with their frames', async () => {
    expect(await tokenCounter({ model: 'gpt-4o', text: 'hello world' })).toEqual({ tokens: 2, exact: true });
    const messages = [{ role: 'user', content: 'hello world' }];
    expect(await tokenCounter({ model: 'gpt-4o', messages })).toEqual({ tokens: 9, exact: true });
    expect((await tokenCounter({ model: 'claude-sonnet-4-5', text: 'hello' })).exact).toBe(false);
    await expect(tokenCounter({ model: 'gpt-4o' })).rejects.toThrow(TypeError);
  });
});

describe('the package, built', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(ROOT, 'node_modules/.package-test-'));
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [
      tsc,
      ...['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', folder, '--noCheck'],
      ...['--incremental', 'false', '--tsBuildInfoFile', 'null', '--declaration', 'false'],
    ]);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('works in a program that has neither server nor database, and lets it end', async () => {
    const program = `
      const { completionCost, costPerToken, tokenCounter, registerModel } = require(${JSON.stringify(join(folder, 'src/index.js'))});
      registerModel('mine', { input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 });
      const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
      tokenCounter({ model: 'gpt-4o', text: 'hello world' }).then(({ tokens }) => console.log(JSON.stringify([
        completionCost({ model: 'mine', usage }).costUsd, costPerToken({ model: 'mine' }).outputUsd, tokens,
        Object.keys(require.cache).some((path) => /node_modules.(typeorm|pg|fastify|graphql|type-graphql)./.test(path)),
      ])));`;
    const { stdout } = await run(process.execPath, ['-e', program], { cwd: tmpdir(), timeout: 60_000 });
    expect(JSON.parse(stdout)).toEqual(['0.00002', '0.000002', 2, false]);
  });

  it('is where package.json says it is', () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the file that Node reads, as it reads it
    const manifest = require('../../package.json') as Record<string, unknown>;
    expect(manifest).toMatchObject({
      main: 'dist/src/index.js',
      types: 'dist/src/index.d.ts',
      exports: { '.': { types: './dist/src/index.d.ts', default: './dist/src/index.js' } },
    });
  });
});
