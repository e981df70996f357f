import OpenAI, { toFile } from 'openai';
import type { LimitUnit } from '../../src/domain/limits/scope';
import type { TestApp } from './app';
import { until } from './until';

export interface SpendRow {
  readonly cost: string;
  readonly hold: string;
  readonly status: string;
  readonly requests: number;
  readonly usage: Record<string, number>;
  readonly usage_source: string;
  readonly model: string;
  readonly served_model: string | null;
  readonly endpoint: string;
  readonly key_id: string;
  readonly metadata: Record<string, unknown>;
  readonly pricing_terms: Record<string, unknown> | null;
  readonly raw_usage: Record<string, unknown> | null;
}

/** A file of requests of a chat, each of 200 tokens at most unless `body` says otherwise. */
export function requests(count: number, body: object = {}): string {
  const messages = [{ role: 'user', content: 'Hi' }];
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      ...{ custom_id: `r${index}`, method: 'POST', url: '/v1/chat/completions' },
      body: { model: 'mini', max_tokens: 200, messages, ...body },
    }),
  ).join('\n');
}

/** Somebody with a key of their own, who sends batches with the official SDK. */
export class BatchClient {
  private constructor(
    private readonly app: TestApp,
    readonly openai: OpenAI,
    readonly keyId: string,
    readonly secret: string,
  ) {}

  static async make(app: TestApp, models: string[], url: string): Promise<BatchClient> {
    const { secret, key } = await app.master.createKey({ models });
    return new BatchClient(app, new OpenAI({ baseURL: `${url}/v1`, apiKey: secret }), key.id, secret);
  }

  async upload(text = requests(2)): Promise<OpenAI.FileObject> {
    const file = await toFile(Buffer.from(text), 'in.jsonl');
    return this.openai.files.create({ purpose: 'batch', file });
  }

  async submit(text?: string): Promise<OpenAI.Batch> {
    return this.send((await this.upload(text)).id);
  }

  send(fileId: string, more: Partial<OpenAI.BatchCreateParams> = {}): Promise<OpenAI.Batch> {
    return this.openai.batches.create({
      ...{ input_file_id: fileId, endpoint: '/v1/chat/completions', completion_window: '24h', ...more },
    });
  }

  async spend(): Promise<SpendRow[]> {
    const { rows } = await this.app.pool.query<SpendRow>(
      `SELECT trim_scale(cost)::text AS cost, trim_scale(hold)::text AS hold, status, requests, usage, usage_source, model,
              served_model, endpoint, key_id, metadata, pricing_terms, raw_usage
         FROM spend_logs WHERE key_id = $1 ORDER BY seq`,
      [this.keyId],
    );
    return rows;
  }

  /** How the limits on the key stand. */
  async windows(): Promise<object[]> {
    const { rows } = await this.app.pool.query<object>(
      `SELECT l.unit, trim_scale(w.spent)::text AS spent, trim_scale(w.reserved)::text AS reserved
         FROM limit_windows w JOIN limits l ON l.id = w.limit_id WHERE l.scope_id = $1 ORDER BY l.unit`,
      [this.keyId],
    );
    return rows;
  }

  /** Ends what is under way as the sweeper does past its deadline. */
  async expire(): Promise<void> {
    await this.app.pool.query(
      `SELECT ledger_settle(jsonb_build_array(jsonb_build_object('id', id, 'outcome', 'EXPIRED')))
         FROM reservations WHERE key_id = $1 AND state = 'RESERVED'`,
      [this.keyId],
    );
  }

  booked(): Promise<SpendRow> {
    return until('the batch is booked', async () => (await this.spend())[0]);
  }

  async setLimit(unit: LimitUnit, amount: string): Promise<void> {
    const input = { scope: 'KEY', scopeId: this.keyId, unit, amount };
    await this.app.master.do('setLimit', 'SetLimitInput', input, 'limit { id }');
  }
}
