import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsMessage } from '../../src/platform/http/aws-event-stream';
import { startApp, type TestApp } from '../support/app';
import { json, startUpstream, type Behaviour, type FakeUpstream } from '../support/upstream';

const CLAUDE = 'us.anthropic.claude-3-5-sonnet-20241022-v2:0';
const LLAMA = 'meta.llama3-1-8b-instruct-v1:0';
const usage = { inputTokens: 100, cacheReadInputTokens: 40, outputTokens: 10, totalTokens: 150 };
/** 100 at 3, 40 read from the cache at 0.30, 10 at 15 dollars a million. */
const COST = '0.000462';

function yaml(url: string): string {
  return `
model_list:
  - model_name: bedrock/*
    litellm_params:
      model: bedrock/*
      api_base: ${url}
      aws_access_key_id: AKIDEXAMPLE
      aws_secret_access_key: wJalrXUtnFEMI
      aws_session_token: session-token
      aws_region_name: eu-west-1
  - model_name: with-api-key
    litellm_params: {model: "bedrock/converse/${LLAMA}", api_base: "${url}", api_key: bedrock-api-key}
  - model_name: nowhere
    litellm_params: {model: "bedrock/${LLAMA}", api_base: "${url}", aws_access_key_id: a, aws_secret_access_key: b}
`;
}

function event(type: string, body: object): Buffer {
  return awsMessage({ ':message-type': 'event', ':event-type': type }, body);
}

function piece(inner: object): Buffer {
  return event('chunk', { bytes: Buffer.from(JSON.stringify(inner)).toString('base64') });
}

const CONVERSE_STREAM = [
  event('messageStart', { role: 'assistant' }),
  event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello' } }),
  event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: ' there.' } }),
  event('contentBlockStop', { contentBlockIndex: 0 }),
  event('messageStop', { stopReason: 'end_turn' }),
  event('metadata', { usage, metrics: { latencyMs: 5 } }),
];
const LLAMA_STREAM = [
  piece({ generation: 'Hello' }),
  piece({
    generation: ' there.',
    stop_reason: 'stop',
    'amazon-bedrock-invocationMetrics': { inputTokenCount: 100, outputTokenCount: 10 },
  }),
];

const answer: Behaviour = ({ path }, response) => {
  if (path.endsWith('-stream')) {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    const messages = path.endsWith('converse-stream') ? CONVERSE_STREAM : LLAMA_STREAM;
    const bytes = Buffer.concat(messages);
    // Cut wherever it falls: a message is not a piece.
    for (let at = 0; at < bytes.length; at += 33) response.write(bytes.subarray(at, at + 33));
    response.end();
  } else if (path.endsWith('/converse')) {
    const message = { role: 'assistant', content: [{ text: 'Hello there.' }] };
    json(response, 200, { output: { message }, stopReason: 'end_turn', usage, metrics: { latencyMs: 5 } });
  } else {
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-amzn-bedrock-input-token-count': '100',
      'x-amzn-bedrock-output-token-count': '10',
    });
    response.end(JSON.stringify({ generation: 'Hello there.', stop_reason: 'stop' }));
  }
};

/** AWS's own client, unchanged but for endpoint and token. */
describe("Bedrock's SDK", () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let client: BedrockRuntimeClient;
  let secret: string;
  let keyId: string;

  beforeAll(async () => {
    upstream = await startUpstream(answer);
    app = await startApp({ yaml: yaml(upstream.url) });
    const made = await app.master.createKey();
    secret = made.secret;
    keyId = made.key.id;
    client = new BedrockRuntimeClient({
      region: 'us-east-1',
      endpoint: `${app.url}/bedrock`,
      token: { token: secret },
      authSchemePreference: ['httpBearerAuth'],
      requestHandler: new NodeHttpHandler(),
    });
  });
  afterAll(async () => {
    client.destroy();
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.calls.length = 0;
    upstream.behave(answer);
  });

  const messages = [{ role: 'user' as const, content: [{ text: 'Hi' }] }];

  async function lastRow(): Promise<Record<string, unknown> | undefined> {
    await app.settled();
    const { rows } = await app.pool.query<Record<string, unknown>>(
      `SELECT endpoint, provider, model, stream, status, usage_source, trim_scale(cost)::text AS cost,
              input_tokens::int, output_tokens::int FROM spend_logs ORDER BY seq DESC LIMIT 1`,
    );
    return rows[0];
  }

  it('converses, signed with the credential of the deployment, at the price of its inference profile', async () => {
    const reply = await client.send(new ConverseCommand({ modelId: CLAUDE, messages }));
    expect(reply.output?.message?.content).toEqual([{ text: 'Hello there.' }]);
    expect(await lastRow()).toEqual({
      endpoint: '/bedrock/model/{model}/converse',
      provider: 'bedrock',
      model: CLAUDE,
      stream: false,
      status: 'SUCCESS',
      usage_source: 'PROVIDER',
      cost: COST,
      input_tokens: 140,
      output_tokens: 10,
    });
    const [call] = upstream.calls;
    expect(call?.path).toBe(`/model/${encodeURIComponent(CLAUDE)}/converse`);
    expect(call?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/bedrock\/aws4_request, SignedHeaders=.*x-amz-security-token/,
    );
    expect(call?.headers['x-amz-security-token']).toBe('session-token');
    expect(call?.body).toMatchObject({ inferenceConfig: { maxTokens: 16_384 } });
    expect(JSON.stringify(call)).not.toContain(secret);
  });

  it('gets a stream of its own frames, byte for byte', async () => {
    const { stream } = await client.send(
      new ConverseStreamCommand({ modelId: CLAUDE, messages, inferenceConfig: { maxTokens: 50 } }),
    );
    let text = '';
    for await (const each of stream ?? []) text += each.contentBlockDelta?.delta?.text ?? '';
    expect(text).toBe('Hello there.');
    expect(await lastRow()).toMatchObject({ stream: true, status: 'SUCCESS', cost: COST });
    const raw = await fetch(`${app.url}/bedrock/model/${encodeURIComponent(CLAUDE)}/converse-stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ messages }),
    });
    expect(Buffer.from(await raw.arrayBuffer()).equals(Buffer.concat(CONVERSE_STREAM))).toBe(true);
  });

  it("invokes any maker's model, counted by Bedrock's headers", async () => {
    const body = JSON.stringify({ prompt: 'Hi', max_gen_len: 50 });
    const reply = await client.send(new InvokeModelCommand({ modelId: LLAMA, body }));
    expect(JSON.parse(Buffer.from(reply.body).toString())).toMatchObject({ generation: 'Hello there.' });
    expect(upstream.calls[0]?.text).toBe(body);
    // A hundred and ten tokens at 0.22 dollars a million.
    expect(await lastRow()).toMatchObject({ usage_source: 'PROVIDER', cost: '0.0000242', input_tokens: 100 });
  });

  it('writes a bound where the maker of the model looks for it', async () => {
    await client.send(new InvokeModelCommand({ modelId: LLAMA, body: JSON.stringify({ prompt: 'Hi' }) }));
    expect(upstream.calls[0]?.body).toEqual({ prompt: 'Hi', max_gen_len: 16_384 });
    const titan = JSON.stringify({ inputText: 'Hi', textGenerationConfig: { temperature: 0 } });
    await client.send(new InvokeModelCommand({ modelId: 'amazon.titan-text-express-v1', body: titan }));
    expect(upstream.calls[1]?.body).toMatchObject({
      textGenerationConfig: { temperature: 0, maxTokenCount: 16_384 },
    });
  });

  it("invokes with a stream, counted by Bedrock's last piece", async () => {
    const body = JSON.stringify({ prompt: 'Hi', max_gen_len: 50 });
    const reply = await client.send(new InvokeModelWithResponseStreamCommand({ modelId: LLAMA, body }));
    let text = '';
    for await (const each of reply.body ?? []) {
      const inner = JSON.parse(Buffer.from(each.chunk?.bytes ?? []).toString()) as { generation: string };
      text += inner.generation;
    }
    expect(text).toBe('Hello there.');
    expect(await lastRow()).toMatchObject({ stream: true, usage_source: 'PROVIDER', cost: '0.0000242' });
  });

  it('is thrown an exception when a stream is cut, which is booked by estimate', async () => {
    upstream.behave((_call, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(Buffer.concat(CONVERSE_STREAM.slice(0, 2)));
      setImmediate(() => response.destroy());
    });
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: LLAMA, messages }));
    const read = async (): Promise<void> => {
      for await (const each of stream ?? []) expect(each).toBeDefined();
    };
    await expect(read()).rejects.toMatchObject({ name: 'ModelStreamErrorException' });
    const row = await lastRow();
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED' });
    expect(Number(row?.['cost'])).toBeGreaterThan(0);
  });

  it('calls with an API key of Bedrock where the deployment has one', async () => {
    await client.send(new ConverseCommand({ modelId: 'with-api-key', messages }));
    expect(upstream.calls[0]?.headers.authorization).toBe('Bearer bedrock-api-key');
    expect(upstream.calls[0]?.path).toBe(`/model/${encodeURIComponent(LLAMA)}/converse`);
  });

  it('holds nothing for a deployment that does not say its region', async () => {
    await expect(client.send(new ConverseCommand({ modelId: 'nowhere', messages }))).rejects.toMatchObject({
      name: 'ServiceUnavailableException',
      message: expect.stringContaining('aws_region_name'),
    });
    expect(upstream.calls).toEqual([]);
    expect(await lastRow()).not.toMatchObject({ model: 'nowhere', usage_source: 'ESTIMATED' });
  });

  it('is refused a bound hidden in fields of the model', async () => {
    const command = new ConverseCommand({
      modelId: CLAUDE,
      messages,
      additionalModelRequestFields: { max_tokens: 9_000 },
    });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(upstream.calls).toEqual([]);
  });

  it('is told that another format is called elsewhere, and others that Bedrock is called here', async () => {
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ model: `bedrock/${LLAMA}`, messages: [{ role: 'user', content: 'Hi' }] }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('/bedrock/model/') },
    });
  });

  it('gets a budget refusal after exactly one request', async () => {
    const limit = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '0.000001', duration: 'monthly' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    const failure: unknown = await client
      .send(new ConverseCommand({ modelId: CLAUDE, messages }))
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'ServiceQuotaExceededException',
      message: expect.stringContaining('Budget has been exceeded'),
      $metadata: { attempts: 1 },
    });
  });
});
