import type { IncomingMessage } from 'node:http';

const LONGEST = 500;

/** Where a request came from; what it says of itself is cut to a length that can be kept. */
export function senderOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  address: string | undefined,
): { address: string | null; userAgent: string | null; onBehalfOf: string | null } {
  return {
    address: address ?? null,
    userAgent: said(headers['user-agent']),
    onBehalfOf: said(headers['litellm-changed-by']),
  };
}

function said(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : null;
}
