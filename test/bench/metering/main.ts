import { OpenAiStreamMeter } from '../../../src/domain/metering/stream-meter-openai';
import { SseParser } from '../../../src/domain/metering/sse';
import { Decimal } from '../../../src/domain/money/rate';
import type { PriceRule } from '../../../src/domain/pricing/choose-price';
import { costOf } from '../../../src/domain/pricing/cost-of';
import { priceSheet, type Rates } from '../../../src/domain/pricing/price';
import type { Usage } from '../../../src/domain/usage/usage';
import { BpeCounter } from '../../../src/platform/tokenizer/bpe';
import { findCataloguePrice } from '../../../src/pricing/catalogue';
import { timed } from './timed';

const RESPONSES_GOAL = 500_000;
const CHUNK_GOAL_MICROSECONDS = 5;
const AT_MS = Date.UTC(2026, 0, 15);

/** Twelve buckets, as a call with cache, sound, pictures and reasoning has them. */
const USAGE: Usage = {
  inputText: 1_201,
  inputCacheRead: 4_096,
  inputCacheWrite5m: 512,
  inputCacheWrite1h: 64,
  inputAudio: 300,
  inputAudioCacheRead: 20,
  inputImage: 765,
  inputVideo: 1_290,
  outputText: 402,
  outputReasoning: 1_024,
  outputAudio: 150,
  outputImage: 1_056,
};

interface Line {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
}

function costing(): Line[] {
  const rates: Rates = Object.fromEntries(
    Object.keys(USAGE).map((unit, index) => [unit, { usd: new Decimal(`0.00000${index + 1}25`), per: 1 }]),
  );
  const sheet = priceSheet(rates);
  const ownPrice = timed(() => void costOf(USAGE, sheet, { atMs: AT_MS }));
  const looked = timed(() => {
    const rule: PriceRule | null = findCataloguePrice('openai', 'gpt-4o', AT_MS);
    if (rule) costOf(USAGE, rule.sheet, { atMs: AT_MS });
  });
  return [
    rateLine('responses costed, 12 buckets, each with a rate', ownPrice.perSecond, RESPONSES_GOAL),
    rateLine('responses costed, 12 buckets, list price looked up', looked.perSecond, RESPONSES_GOAL),
  ];
}

function rateLine(what: string, perSecond: number, goal: number): Line {
  const part = Math.round((100 * perSecond) / goal);
  return {
    what,
    measured: `${Math.round(perSecond)} a second`,
    goal: `${part} % of ${goal}`,
  };
}

function extraction(): Line[] {
  const chunk = (body: object): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', model: 'gpt-4o', ...body })}\n\n`;
  const events = Array.from({ length: 200 }, (_, index) =>
    chunk({ choices: [{ index: 0, delta: { content: ` word${index}` }, finish_reason: null }], usage: null }),
  );
  events.push(
    chunk({
      choices: [],
      usage: { prompt_tokens: 100, completion_tokens: 200, total_tokens: 300 },
    }),
  );
  const chunks = events.map((event) => Buffer.from(event));
  const stream = timed(() => {
    const parser = new SseParser();
    const meter = new OpenAiStreamMeter({ hideUsageChunk: false });
    for (const bytes of chunks) for (const event of parser.push(bytes)) meter.accept(event);
    meter.summary();
  }, 700);
  const perChunk = stream.microseconds / chunks.length;
  return [
    {
      what: 'an event of a stream cut out, read and metered',
      measured: `${perChunk.toFixed(2)} us`,
      goal: `${perChunk <= CHUNK_GOAL_MICROSECONDS ? 'within' : 'over'} ${CHUNK_GOAL_MICROSECONDS} us`,
    },
  ];
}

const TEXTS: Readonly<Record<string, string>> = {
  prose:
    'It was a bright cold day in April, and the clocks were striking thirteen; nobody looked up. '.repeat(90),
  code: 'export function add(a: number, b: number): number {\n  // Sums two numbers.\n  return a + b;\n}\n\n'.repeat(
    85,
  ),
  Chinese: '预算用完以后，新的请求会被拒绝，直到下一个周期开始为止。'.repeat(100),
};

async function counting(): Promise<Line[]> {
  const { getEncoding } = await import('js-tiktoken');
  const bare = getEncoding('o200k_base');
  const counter = new BpeCounter((await import('js-tiktoken/ranks/o200k_base')).default);
  return Object.entries(TEXTS).map(([name, text]) => {
    const megabytes = Buffer.byteLength(text) / 1e6;
    const ours = timed(() => void counter.count(text, Infinity), 400, 2).perSecond * megabytes;
    const theirs = timed(() => void bare.encode(text, [], []), 400, 2).perSecond * megabytes;
    return {
      what: `tokens of ${name} counted`,
      measured: `${ours.toFixed(2)} MB/s`,
      goal: `${(ours / theirs).toFixed(2)} times js-tiktoken's ${theirs.toFixed(2)} MB/s`,
    };
  });
}

async function main(): Promise<void> {
  for (const { what, measured, goal } of [...costing(), ...extraction(), ...(await counting())])
    console.log(`${what.padEnd(52)} ${measured.padStart(20)}   ${goal}`);
}

void main();
