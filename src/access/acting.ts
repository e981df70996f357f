import { withTransactionNote } from '../platform/database/transaction-note';
import type { RequestContext } from './context';
import type { Principal } from './principal';

/**
 * Runs a mutation or command so that the audit log names it, and who asked for it, beside everything that it changes: the
 * database's triggers write the entries in the transaction of the change.
 */
export function actingAs<T>(ctx: RequestContext, action: string, work: () => T): T {
  const { principal, requestId, sender } = ctx;
  const note = { ...actorOf(principal), action, request_id: requestId, ...inSnakeCase(sender) };
  return withTransactionNote(JSON.stringify(note), work);
}

/** What the server does by itself, by its configuration or by the clock. */
export function actingAsServer<T>(action: string, work: () => T): T {
  return withTransactionNote(JSON.stringify({ actor_kind: 'SYSTEM', action }), work);
}

function actorOf(principal: Principal): { actor_kind: string; actor_id?: string } {
  switch (principal.kind) {
    case 'USER':
      return { actor_kind: 'USER', actor_id: principal.userId };
    case 'SERVICE_ACCOUNT':
      return { actor_kind: 'SERVICE_ACCOUNT', actor_id: principal.serviceAccountId };
    case 'KEY':
      return { actor_kind: 'KEY', actor_id: principal.keyId };
    case 'MASTER':
    case 'ANONYMOUS':
      return { actor_kind: principal.kind };
  }
}

function inSnakeCase({ address, userAgent, onBehalfOf }: RequestContext['sender']): Record<string, unknown> {
  // PostgreSQL keeps no zero bytes, and a header may hold what is no text at all.
  const text = (value: string | null): string | null => value?.replaceAll('\0', '') ?? null;
  return { address, user_agent: text(userAgent), on_behalf_of: text(onBehalfOf) };
}
