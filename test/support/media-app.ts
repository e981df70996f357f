import { startApp, type TestApp } from './app';
import { formOf, type FormField } from './form';
import { json, startUpstream, type Behaviour, type FakeUpstream } from './upstream';

const deployment = (name: string, model: string, prices: string, info = '') => `
  - model_name: ${name}
    litellm_params: { model: ${model}, api_base: UPSTREAM, api_key: k, ${prices} }
    ${info}`;

/** Every way in which pictures, sound and rankings are sold. */
const YAML = `model_list:${[
  deployment('by-image', 'openai/dall-e-9', 'output_cost_per_image: 0.04'),
  deployment('easel', 'openai/easel', ''),
  deployment('by-pixel', 'openai/pixel-painter', 'output_cost_per_pixel: 1e-8'),
  deployment(
    'by-token',
    'openai/gpt-image-9',
    'input_cost_per_token: 5e-6, output_cost_per_image_token: 4e-5',
  ),
  deployment('by-character', 'openai/tts-9', 'input_cost_per_character: 0.000015'),
  deployment(
    'by-spoken',
    'openai/gpt-tts-9',
    'input_cost_per_token: 6e-7, output_cost_per_audio_token: 1.2e-5',
  ),
  deployment(
    'by-second',
    'openai/whisper-9',
    'input_cost_per_second: 0.0001',
    'model_info: { mode: audio_transcription }',
  ),
  deployment(
    'by-heard',
    'openai/gpt-transcribe-9',
    'input_cost_per_audio_token: 6e-6, input_cost_per_token: 2.5e-6, output_cost_per_token: 1e-5',
  ),
  deployment('by-search', 'cohere/rerank-9', 'input_cost_per_query: 0.002'),
  deployment('by-read', 'jina_ai/rerank-9', 'input_cost_per_token: 2e-8'),
  deployment('command', 'cohere/command-9', 'input_cost_per_token: 1e-6, output_cost_per_token: 2e-6'),
].join('')}`;

/** A stream of these events. */
export const sse =
  (...events: object[]): Behaviour =>
  (_call, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  };
/** A file, in two pieces. */
export const bytes =
  (contentType: string, body: Buffer): Behaviour =>
  (_call, response) => {
    response.writeHead(200, { 'content-type': contentType });
    response.write(body.subarray(0, 10));
    response.end(body.subarray(10));
  };
/** JSON. */
export const answer =
  (body: object): Behaviour =>
  (_call, response) =>
    json(response, 200, body);

/** The server in front of a provider of pictures, sound and rankings. */
export interface MediaApp {
  readonly app: TestApp;
  readonly upstream: FakeUpstream;
  post(path: string, body: object): Promise<Response>;
  upload(path: string, ...fields: FormField[]): Promise<Response>;
  uploadAs(key: string, path: string, ...fields: FormField[]): Promise<Response>;
  /** Reads the answer to its end; then what the log says of the call. */
  row(response: Response): Promise<Record<string, unknown> & { code: number; text: string }>;
  close(): Promise<void>;
}

export async function startMediaApp(): Promise<MediaApp> {
  const upstream = await startUpstream();
  const app = await startApp({ yaml: YAML.replaceAll('UPSTREAM', upstream.url) });
  const { secret } = await app.master.createKey();
  const send = (
    key: string,
    path: string,
    contentType: string,
    body: string | Uint8Array,
  ): Promise<Response> =>
    fetch(`${app.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': contentType },
      body: body as string,
    });
  const uploadAs: MediaApp['uploadAs'] = (key, path, ...fields) => {
    const { contentType, body } = formOf(fields);
    return send(key, path, contentType, body);
  };
  return {
    app,
    upstream,
    post: (path, body) => send(secret, path, 'application/json', JSON.stringify(body)),
    upload: (path, ...fields) => uploadAs(secret, path, ...fields),
    uploadAs,
    row: async (response) => {
      const text = Buffer.from(await response.arrayBuffer());
      await app.settled();
      const { rows } = await app.pool.query<Record<string, unknown>>(
        `SELECT trim_scale(cost)::text AS cost, pricing_status, usage_source, usage, status,
                hold >= coalesce(cost, 0) AS held FROM spend_logs WHERE call_id = $1`,
        [response.headers.get('x-litellm-call-id')],
      );
      return { ...rows[0], code: response.status, text: text.toString('latin1') };
    },
    close: async () => {
      await app.settled();
      expect(await app.ledgerFaults()).toEqual([]);
      await app.close();
      await upstream.close();
    },
  };
}
