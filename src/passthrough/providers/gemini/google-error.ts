import type { ErrorBody, WireError } from '../wire-error';

/** https://cloud.google.com/apis/design/errors#handling_errors: names of the statuses that Google's SDKs show. */
const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'RESOURCE_EXHAUSTED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  413: 'INVALID_ARGUMENT',
  422: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** Google's envelope. Our own kind of error, and what programs may want of it, is an `ErrorInfo` in its details. */
export function googleErrorBody({ status, message, type, code, param, details }: WireError): ErrorBody {
  const more: [string, unknown][] = Object.entries(details ?? {});
  if (param !== undefined) more.push(['param', param]);
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: (code ?? type).toUpperCase(),
    domain: 'spendgraph',
    // The format knows texts alone here.
    metadata: Object.fromEntries(more.map(([name, value]) => [name, String(value)])),
  };
  return { error: { code: status, message, status: STATUSES[status] ?? 'INTERNAL', details: [info] } };
}
