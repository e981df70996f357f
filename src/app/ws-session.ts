import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { RequestContext, Sender } from '../access/context';
import { isNarrowed } from '../access/narrowed-visibility';
import type { Principal } from '../access/principal';
import { visibilityOf } from '../access/visibility';
import { AppError } from '../platform/errors';
import type { Log } from '../platform/logger';
import type { GraphqlContexts } from './graphql-context';

const FORBIDDEN = 4403;

/** One WebSocket: who is at its other end, asked again and again, because a credential may end before the socket does. */
export class WsSession {
  private principal: Principal = { kind: 'ANONYMOUS' };
  private authorization: string | undefined;
  private readonly requestIds = new Map<string, string>();

  constructor(
    private readonly socket: WebSocket,
    /** The Authorization header of the upgrade request, for clients that can set one. */
    private readonly header: string | undefined,
    private readonly sender: Sender,
    private readonly contexts: GraphqlContexts,
    private readonly log: Log,
  ) {}

  /** False when the credential of the connection parameters, or else of the upgrade request, is not valid. */
  async connect(parameters: Readonly<Record<string, unknown>> | undefined): Promise<boolean> {
    return this.authenticate(authorizationOf(parameters) ?? this.header);
  }

  /** Closes the socket when the credential has ended, or shows less than when its streams were opened. */
  async recheck(): Promise<void> {
    if (this.principal.kind === 'ANONYMOUS' || this.principal.kind === 'MASTER') return;
    const before = visibilityOf(this.principal);
    try {
      if (!(await this.authenticate(this.authorization))) {
        this.socket.close(FORBIDDEN, 'The credential is no longer valid.');
      } else if (isNarrowed(before, visibilityOf(this.principal))) {
        this.socket.close(FORBIDDEN, 'Your access was narrowed. Connect again.');
      }
    } catch (error) {
      // Nothing can be read without the database either, so that the streams are silent until the next check.
      this.log.warn({ err: error }, 'A WebSocket credential could not be checked again.');
    }
  }

  /** A context for the operation of that id, or for one event of its stream: never shared between two of them. */
  newContext(operationId: string): RequestContext {
    return this.contexts.contextOf(this.principal, this.requestId(operationId), this.sender);
  }

  requestId(operationId: string): string {
    const requestId = this.requestIds.get(operationId) ?? randomUUID();
    this.requestIds.set(operationId, requestId);
    return requestId;
  }

  forget(operationId: string): void {
    this.requestIds.delete(operationId);
  }

  private async authenticate(authorization: string | undefined): Promise<boolean> {
    this.authorization = authorization;
    try {
      this.principal = await this.contexts.principalOf(authorization);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return false;
      throw error;
    }
  }
}

/** Browsers cannot set headers on a WebSocket, so that clients send them as parameters, in one of these places. */
function authorizationOf(parameters: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const nested = parameters?.['headers'];
  for (const place of [parameters, nested]) {
    if (typeof place !== 'object' || place === null) continue;
    for (const [name, value] of Object.entries(place)) {
      if (name.toLowerCase() === 'authorization' && typeof value === 'string') return value;
    }
  }
  return undefined;
}
