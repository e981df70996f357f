import Anthropic, { NotFoundError as AnthropicNotFound } from '@anthropic-ai/sdk';
import OpenAI, { NotFoundError, toFile } from 'openai';
import { startApp, type TestApp } from '../support/app';

/** What the SDKs offer and this server does not. */
describe('a path that is not served', () => {
  let app: TestApp;
  let openai: OpenAI;
  let anthropic: Anthropic;

  beforeAll(async () => {
    app = await startApp();
    const made = await app.master.createKey();
    openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: made.secret });
    anthropic = new Anthropic({ baseURL: app.url, apiKey: made.secret });
  });
  afterAll(async () => {
    await app.close();
  });

  it('is told to the openai SDK with what is served', async () => {
    const failure: unknown = await openai.videos.create({ prompt: 'A cat' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotFoundError);
    expect(failure).toMatchObject({ code: 'unknown_url', type: 'not_found_error' });
    expect(String(failure)).toMatch(
      /POST \/v1\/videos is not served here\. Served are POST \/v1\/chat\/completions, /,
    );
  });

  it('is told whatever the type of the body', async () => {
    const file = await toFile(Buffer.from('{}'), 'a.jsonl');
    const failure: unknown = await openai.containers.files
      .create('c', { file })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotFoundError);
    expect(String(failure)).toContain('POST /v1/containers/c/files is not served here.');
  });

  it("is told to Anthropic's SDK in its own envelope", async () => {
    const failure: unknown = await anthropic.messages.batches.list().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AnthropicNotFound);
    expect(failure).toMatchObject({
      error: {
        type: 'error',
        error: {
          type: 'not_found_error',
          message: expect.stringContaining('GET /v1/messages/batches is not served here.'),
        },
      },
    });
  });
});
