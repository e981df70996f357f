import { startApp, type TestApp } from './app';
import { startUpstream, type FakeUpstream } from './upstream';

/** What the log says of one call, as the tests of bad upstreams read it. */
export interface BookedCall {
  readonly kind: string;
  readonly status: string;
  readonly cost: string | null;
  readonly hold: string;
  readonly overrun: string;
  readonly usage_source: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly requests: number;
  readonly http_status: number | null;
  readonly error: string | null;
}

export interface MeteredApp {
  readonly app: TestApp;
  readonly upstream: FakeUpstream;
  readonly key: string;
  /** Calls `my-gpt`, 1 USD per million input tokens and 2 USD per million output tokens, at most 100 of them. */
  chat(
    body?: Record<string, unknown>,
    headers?: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response>;
  /** Waits until nothing is in flight; then the rows of a call, or of all calls. */
  booked(callId?: string | null): Promise<BookedCall[]>;
  /** Everything that does not add up: failed checks of the ledger, and windows that still hold something. */
  faults(): Promise<string[]>;
  close(): Promise<void>;
}

/** The whole server in front of a provider whose answers the test decides, with a limit over everything. */
export async function startMeteredApp(environment: Record<string, string> = {}): Promise<MeteredApp> {
  const upstream = await startUpstream();
  const yaml = meteredYaml(`${upstream.url}/v1`);
  const app = await startApp({ yaml, environment });
  const made = await app.master.createKey();
  const booked = async (callId: string | null = null): Promise<BookedCall[]> => {
    await app.settled();
    const { rows } = await app.pool.query<BookedCall>(
      `SELECT kind, status, trim_scale(cost)::text AS cost, trim_scale(hold)::text AS hold,
              trim_scale(overrun)::text AS overrun, usage_source, input_tokens::int, output_tokens::int, requests,
              http_status, error
         FROM spend_logs WHERE $1::text IS NULL OR call_id = $1 ORDER BY seq`,
      [callId],
    );
    return rows;
  };
  return {
    app,
    upstream,
    key: made.secret,
    chat: (body = {}, headers = {}, signal = new AbortController().signal) =>
      fetch(`${app.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${made.secret}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({
          model: 'my-gpt',
          max_tokens: 100,
          messages: [{ role: 'user', content: 'Hi' }],
          ...body,
        }),
        signal,
      }),
    booked,
    faults: async () => {
      await app.settled();
      const { rows } = await app.pool.query<{ id: string }>(
        `SELECT id::text FROM limit_windows WHERE reserved <> 0`,
      );
      return [...(await app.ledgerFaults()), ...rows.map(({ id }) => `window ${id} still holds something`)];
    },
    close: async () => {
      await app.close();
      await upstream.close();
    },
  };
}

/** One model at one upstream. */
export function modelYaml(apiBase: string): string {
  return `
model_list:
  - model_name: my-gpt
    litellm_params:
      model: openai/upstream-gpt
      api_base: ${apiBase}
      api_key: upstream-secret
      input_cost_per_token: 1e-6
      output_cost_per_token: 0.000002
`;
}

/** The same, under a limit of 100 USD for the whole server. */
export function meteredYaml(apiBase: string, more = ''): string {
  return `${modelYaml(apiBase)}
litellm_settings:
  max_budget: 100
  budget_duration: 30d
${more}`;
}
