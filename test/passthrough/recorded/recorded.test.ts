import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { RealtimeTally } from '../../../src/domain/metering/realtime-usage';
import { describeRecorded, exchanges, hasRecorded, type Exchange } from '../../domain/metering/recorded';
import { startApp, type TestApp } from '../../support/app';
import { Random } from '../../support/random';
import { startUpstream, type FakeUpstream } from '../../support/upstream';
import labels from './recorded-labels.json';
import { REPLAYS, type Replay } from './replays';

/** What somebody who read the recording says that the call used. */
interface Label {
  /** How the answer is called for: one of `REPLAYS`, or "realtime" for the messages of a websocket. */
  readonly via?: string;
  /** Null when the answer does not tell, so that this server counts for itself. */
  readonly usage?: Readonly<Record<string, number>> | null;
  /** Status of the answer; 200 unless given. */
  readonly status?: number;
  /** Why the exchange is no call of a model. */
  readonly noCall?: string;
}

interface Labelled {
  readonly name: string;
  readonly exchange: Exchange;
  readonly label: Label;
}

const byFile = labels as Readonly<Record<string, readonly Label[]>>;
const random = Random.fromEnvironment();

/** Each exchange beside its label. The messages of one websocket are one session. */
function labelled(): Labelled[] {
  const files = new Map<string, Exchange[]>();
  for (const exchange of exchanges())
    files.set(exchange.file, [...(files.get(exchange.file) ?? []), exchange]);
  return [...files].flatMap(([file, found]) => {
    const given = byFile[file] ?? [];
    const isSession = given[0]?.via === 'realtime';
    const responses = found.flatMap(({ responses: each }) => each);
    const all = isSession ? [{ ...(found[0] as Exchange), responses }] : found;
    return all.map((exchange, index) => ({
      name: `${file} #${index}`,
      exchange,
      label: given[index] ?? {},
    }));
  });
}

const all = labelled();
const calls = all.filter(({ label }) => label.via !== undefined && label.via in REPLAYS);
const sessions = all.filter(({ label }) => label.via === 'realtime');

describeRecorded('recorded answers', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let secret: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    const models = Object.values(REPLAYS).map(
      ({ model, provider, basePath = '', params = 'api_key: k' }) => `
  - model_name: ${model}
    litellm_params: {model: ${provider}/${model}, api_base: "${upstream.url}${basePath}", ${params},
      input_cost_per_token: 1e-6, output_cost_per_token: 2e-6, input_cost_per_audio_token: 3e-6}`,
    );
    app = await startApp({ yaml: `model_list:${models.join('')}\n` });
    secret = (await app.master.createKey()).secret;
    process.stderr.write(
      `recorded answers: ${calls.length} replayed through the server, ${sessions.length} sessions read, ` +
        `${all.filter(({ label }) => label.noCall !== undefined).length} no calls ` +
        `of a model, 0 skipped; TEST_SEED=${random.seed}\n`,
    );
  });
  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });

  it('are all labelled, each with a way to replay it or a reason why it is no call', () => {
    const ways = new Set([...Object.keys(REPLAYS), 'realtime']);
    expect(all.filter(({ label }) => !ways.has(label.via ?? '') && label.noCall === undefined)).toEqual([]);
    expect([...new Set(all.map(({ exchange }) => exchange.file))].sort()).toEqual(Object.keys(byFile).sort());
    for (const [file, given] of Object.entries(byFile))
      expect([file, all.filter(({ exchange }) => exchange.file === file).length]).toEqual([
        file,
        given.length,
      ]);
  });

  it.each(calls.map((each) => [each.name, each] as const))('are booked as they say: %s', async (_, each) => {
    const { exchange, label } = each;
    const replay = REPLAYS[label.via ?? ''];
    if (!replay) throw new Error(`There is no way to replay ${String(label.via)}.`);
    const isStream = replay.frame !== undefined || exchange.stream !== null;
    upstream.behave((_call, response) => answer(response, replay, each, isStream));
    const response = await fetch(`${app.url}${replay.path(isStream)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(replay.body(isStream)),
    });
    await response.arrayBuffer();
    await app.settled();
    const { rows } = await app.pool.query<{ usage: unknown; usage_source: string; output_tokens: number }>(
      'SELECT usage, usage_source, output_tokens::int FROM spend_logs WHERE call_id = $1',
      [response.headers.get('x-litellm-call-id')],
    );
    expect(response.status).toBe(label.status ?? 200);
    const source = label.status === undefined ? 'PROVIDER' : 'NONE';
    if (label.usage == null) {
      expect(rows).toMatchObject([{ usage_source: 'ESTIMATED' }]);
      expect(rows[0]?.output_tokens).toBeGreaterThan(0);
    } else expect(rows).toMatchObject([{ usage: label.usage, usage_source: source }]);
    if (label.usage)
      expect(Object.keys(rows[0]?.usage ?? {}).sort()).toEqual(Object.keys(label.usage).sort());
  });

  it.each(sessions.map((each) => [each.name, each] as const))('of a session add up: %s', (_, each) => {
    const tally = new RealtimeTally();
    for (const message of each.exchange.responses) tally.accept(message);
    expect(tally.read().usage).toEqual(each.label.usage);
  });
});

if (!hasRecorded)
  describe('recorded answers', () => {
    it('are labelled for when they are there', () => {
      expect(Object.keys(byFile).length).toBeGreaterThan(0);
    });
  });

/** Sends a recorded answer as the provider did: whole, or cut into pieces of random sizes. */
async function answer(
  response: ServerResponse,
  replay: Replay,
  { exchange, label }: Labelled,
  isStream: boolean,
): Promise<void> {
  if (!isStream) {
    response.writeHead(label.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(exchange.responses[0]));
    return;
  }
  const bytes = replay.frame?.(exchange) ?? exchange.stream ?? Buffer.alloc(0);
  response.writeHead(200, { 'content-type': replay.streamType ?? 'text/event-stream' });
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random.below(random.below(2) === 0 ? 40 : 4_000);
    response.write(bytes.subarray(at, at + size));
    at += size;
    await turn();
  }
  response.end();
}
