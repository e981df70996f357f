import type { DataSource } from 'typeorm';
import type { Clock } from '../platform/clock';
import { LoaderRegistry } from '../platform/graphql/loaders';
import type { Principal } from './principal';
import { visibilityOf, type Visibility } from './visibility';

/** Everything that belongs to one request: the first argument of every service. */
export interface RequestContext {
  readonly requestId: string;
  readonly principal: Principal;
  readonly visibility: Visibility;
  readonly db: DataSource;
  readonly clock: Clock;
  readonly loaders: LoaderRegistry;
  readonly sender: Sender;
}

/** Where a request came from, for the audit log. Null is what is not known. */
export interface Sender {
  readonly address: string | null;
  readonly userAgent: string | null;
  /** For whom the caller says to act (`litellm-changed-by`); nothing proves it. */
  readonly onBehalfOf: string | null;
}

const UNKNOWN_SENDER: Sender = { address: null, userAgent: null, onBehalfOf: null };

export function requestContext(
  parts: Pick<RequestContext, 'requestId' | 'principal' | 'db' | 'clock'> & { readonly sender?: Sender },
): RequestContext {
  return {
    sender: UNKNOWN_SENDER,
    ...parts,
    visibility: visibilityOf(parts.principal),
    loaders: new LoaderRegistry(),
  };
}
