import type { OtelConfig } from './config';
import type { Problems } from './problems';
import type { SettingValues } from './settings';

const DEFAULT_ENDPOINT = 'http://localhost:4318';
const TRACES = '/v1/traces';

/**
 * Whom spans of calls go to. An endpoint in the environment is enough, as for everything that speaks OpenTelemetry; the
 * callback alone means the collector on this machine. Null: nobody is told.
 */
export function readOtel(values: SettingValues, isNamed: boolean, problems: Problems): OtelConfig | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = values;
  if (!isNamed && endpoint === null && traces === null) return null;
  if (values.OTEL_EXPORTER_OTLP_PROTOCOL === 'grpc') {
    const message =
      'OTEL_EXPORTER_OTLP_PROTOCOL is grpc, which is not spoken. Set http/json, and the port for HTTP (4318 by default).';
    // The variables may be there for others.
    if (isNamed) problems.error(message);
    else problems.warn(`${message} No spans are sent.`);
    return null;
  }
  const headers = readHeaders(values.OTEL_EXPORTER_OTLP_HEADERS ?? '');
  if (headers === null) {
    problems.error('OTEL_EXPORTER_OTLP_HEADERS cannot be read; write "name=value,name=value".');
    return null;
  }
  const url = traces ?? withTraces(endpoint ?? DEFAULT_ENDPOINT);
  return { url, headers, serviceName: values.OTEL_SERVICE_NAME };
}

/** LiteLLM's users write the whole address, OpenTelemetry's the base. */
function withTraces(endpoint: string): string {
  const base = endpoint.replace(/\/+$/, '');
  return base.endsWith(TRACES) ? base : `${base}${TRACES}`;
}

/** Values may be percent-encoded: https://opentelemetry.io/docs/specs/otel/protocol/exporter. Null: not readable. */
function readHeaders(text: string): Readonly<Record<string, string>> | null {
  const headers: Record<string, string> = {};
  for (const pair of text.split(',').map((each) => each.trim())) {
    if (pair === '') continue;
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*(.*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) return null;
    try {
      headers[name.toLowerCase()] = decodeURIComponent(value);
    } catch {
      return null;
    }
  }
  return headers;
}
