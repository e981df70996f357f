import { parseBody } from '../../src/passthrough/pipeline/parse-body';
import { readTags } from '../../src/passthrough/providers/read-body';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';

const cpuMs = (act: () => unknown): number => {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(',');
const HEAD = '"model":"my-gpt","max_tokens":1,"messages":[]';

/** Each is eight to ten million bytes, and took seconds to read. */
const HEAVY: readonly (readonly [string, string])[] = [
  ['nested', `{${HEAD},"x":${'['.repeat(4_700_000)}${']'.repeat(4_700_000)}}`],
  ['top level', `{${HEAD},${many(700_000, (index) => `"k${index}":1`)}}`],
  ['strings', `{${HEAD},"tags":[${many(800_000, (index) => `"${index}"`)}]}`],
  ['strings', `{${HEAD},"x":{${many(600_000, (index) => `"k${index}":1`)}}}`],
  ['strings', `{${HEAD},"y":[${many(590_000, () => '{"role":"u"}')}]}`],
];

describe('a body that is small in bytes and huge in structure', () => {
  it.each(HEAVY)('is refused for being too large (%s), before it is parsed', (what, body) => {
    let parsed: ReturnType<typeof parseBody> | undefined;
    const took = cpuMs(() => (parsed = parseBody(body)));
    expect(parsed).toMatchObject({
      ok: false,
      error: { status: 400, param: 'body', message: expect.stringContaining(what) as unknown },
    });
    expect(took).toBeLessThan(1_000);
  });

  it('is taken when it is a large one that providers take: 300,000 token ids, 9 MB of text', () => {
    const ids = `{"model":"m","input":[${many(300_000, (index) => String(index % 100_000))}]}`;
    expect(parseBody(ids).ok).toBe(true);
    expect(parseBody(`{"model":"m","input":"${'\\"é'.repeat(2_000_000)}"}`).ok).toBe(true);
  });

  it('has no more of its tags copied than are enough to refuse it', () => {
    const tags = Array.from({ length: 50_000 }, (_, index) => String(index));
    expect(readTags({ tags }).length).toBeLessThanOrEqual(1_000);
    expect(readTags({ tags, metadata: { tags: ['a', 'a', ''] } })[0]).toBe('a');
  });
});

describe('a body that two readers could read differently', () => {
  let metered: MeteredApp;
  beforeAll(async () => {
    metered = await startMeteredApp();
  });
  afterAll(() => metered.close());
  beforeEach(() => {
    metered.upstream.calls.length = 0;
  });

  const send = (body: string): Promise<Response> =>
    fetch(`${metered.app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${metered.key}`, 'content-type': 'application/json' },
      body,
    });

  it.each([
    ['max_tokens', '{"model":"my-gpt","messages":[],"max_tokens":100000,"max_tokens":1}'],
    ['Max_tokens', '{"model":"my-gpt","messages":[],"max_tokens":1,"Max_tokens":100000}'],
    ['Max_tokens', '{"model":"my-gpt","messages":[],"Max_tokens":100000}'],
    ['n', '{"model":"my-gpt","messages":[],"max_tokens":1,"n":100,"\\u006e":1}'],
    ['model', '{"model":"dear","messages":[],"model":"my-gpt"}'],
  ])('is refused with the name %s at fault, and goes nowhere: %s', async (param, body) => {
    const response = await send(body);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { param: string; message: string } };
    expect(error.param).toBe(param);
    expect(error.message).toContain(`"${param}"`);
    expect(metered.upstream.calls).toHaveLength(0);
  });
});
