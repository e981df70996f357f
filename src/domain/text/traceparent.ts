/** What a client's tracing says of the call: https://www.w3.org/TR/trace-context/#traceparent-header. */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

const PATTERN = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/;

/** Null when there is none, or none that can be read: the call then begins a trace of its own. */
export function readTraceparent(header: string | null): TraceParent | null {
  const [, traceId, spanId] = PATTERN.exec(header?.trim() ?? '') ?? [];
  return traceId === undefined || spanId === undefined ? null : { traceId, spanId };
}
