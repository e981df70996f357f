import { optional, setting } from './setting';
import { choice, secret, text, url } from './setting-kinds';

const httpUrl = url('http:', 'https:');

/** Spans of calls, under OpenTelemetry's own names, and LiteLLM's. */
export const OTEL_SETTINGS = {
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(
    httpUrl,
    'Collector of OpenTelemetry that gets a span of each booked call, over OTLP/HTTP at /v1/traces below it.',
    {
      aliases: ['OTEL_ENDPOINT'],
      defaultText: 'http://localhost:4318 where the callback otel is named, else none',
    },
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optional(httpUrl, 'The same as the whole address, for spans alone.'),
  OTEL_EXPORTER_OTLP_HEADERS: optional(secret, 'Headers for the collector, as "name=value,name=value".', {
    aliases: ['OTEL_HEADERS'],
  }),
  OTEL_EXPORTER_OTLP_PROTOCOL: optional(
    choice('http/json', 'http/protobuf', 'grpc'),
    'How the collector is spoken to. Spans go as JSON over HTTP, which every collector takes where it takes protobuf; grpc ' +
      'is not spoken.',
  ),
  OTEL_SERVICE_NAME: setting(text, 'spendgraph', 'Name of this server in its spans.'),
} as const;
