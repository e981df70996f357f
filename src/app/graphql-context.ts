import type { DataSource } from 'typeorm';
import { requestContext, type RequestContext, type Sender } from '../access/context';
import type { Principal } from '../access/principal';
import type { Clock } from '../platform/clock';
import type { Authenticator } from './authenticator';

/** Makes the contexts of GraphQL operations, in the same way for every transport. */
export class GraphqlContexts {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Throws UNAUTHENTICATED for a credential that is not valid. */
  principalOf(authorization: string | undefined): Promise<Principal> {
    return this.authenticator.principalOf(authorization);
  }

  contextOf(principal: Principal, requestId: string, sender: Sender): RequestContext {
    return requestContext({ principal, requestId, sender, db: this.db, clock: this.clock });
  }
}
