import { readTraceparent } from '../../../src/domain/text/traceparent';
import { readOtel } from '../../../src/platform/config/otel-config';
import { Problems } from '../../../src/platform/config/problems';
import { readSettings } from '../../../src/platform/config/read-settings';
import { genAiOperation, genAiProvider } from '../../../src/telemetry/gen-ai-names';

describe('the settings of OpenTelemetry', () => {
  function read(environment: Record<string, string>, isNamed = false) {
    const problems = new Problems();
    const { values } = readSettings(environment, new Set(), problems);
    const config = readOtel(values, isNamed, problems);
    return { config, errors: problems.errors, warnings: problems.warnings };
  }

  it('turn spans on by an endpoint, or by the callback alone', () => {
    expect(read({}).config).toBeNull();
    expect(read({}, true).config).toEqual({
      ...{ url: 'http://localhost:4318/v1/traces', headers: {}, serviceName: 'spendgraph' },
    });
    const url = (environment: Record<string, string>) => read(environment).config?.url;
    expect(url({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example/base/' })).toBe(
      'https://c.example/base/v1/traces',
    );
    expect(url({ OTEL_ENDPOINT: 'https://c.example/v1/traces' })).toBe('https://c.example/v1/traces');
    expect(url({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c.example/x' })).toBe('https://c.example/x');
  });

  it('read headers, and say what cannot be used', () => {
    const at = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example' };
    const headers = (text: string) => read({ ...at, OTEL_EXPORTER_OTLP_HEADERS: text });
    expect(headers('X-Key=a%20b, dd-api-key=c=d').config?.headers).toEqual({
      'x-key': 'a b',
      'dd-api-key': 'c=d',
    });
    expect(headers('nothing').errors).toEqual([expect.stringContaining('OTEL_EXPORTER_OTLP_HEADERS')]);
    expect(headers('a=%zz').errors).toHaveLength(1);
    const grpc = { ...at, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    expect(read(grpc, true)).toMatchObject({ config: null, errors: [expect.stringContaining('grpc')] });
    expect(read(grpc)).toMatchObject({
      config: null,
      errors: [],
      warnings: [expect.stringContaining('grpc')],
    });
  });

  it('take the trace of a client only when it is well formed', () => {
    const [trace, span] = ['ab'.repeat(16), 'cd'.repeat(8)];
    expect(readTraceparent(`00-${trace}-${span}-01`)).toEqual({ traceId: trace, spanId: span });
    for (const wrong of [null, '', 'x', `00-${'0'.repeat(32)}-${span}-01`, `ff-${trace}-${span}-01`])
      expect(readTraceparent(wrong)).toBeNull();
  });

  it('name operations and providers as the conventions do', () => {
    const operations = {
      '/v1/chat/completions': 'chat',
      '/openai/deployments/:model/completions': 'text_completion',
      '/v1beta/models/{model}:streamGenerateContent': 'generate_content',
      '/v1beta/models/{model}:batchEmbedContents': 'embeddings',
      '/bedrock/model/{model}/converse-stream': 'chat',
      '/v1/audio/speech': 'speech',
    };
    for (const [endpoint, name] of Object.entries(operations)) expect(genAiOperation(endpoint)).toBe(name);
    expect(['azure', 'bedrock', 'anthropic'].map(genAiProvider)).toEqual([
      ...['azure.ai.openai', 'aws.bedrock', 'anthropic'],
    ]);
  });
});
