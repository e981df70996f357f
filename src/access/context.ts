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
}

export function requestContext(
  parts: Pick<RequestContext, 'requestId' | 'principal' | 'db' | 'clock'>,
): RequestContext {
  return { ...parts, visibility: visibilityOf(parts.principal), loaders: new LoaderRegistry() };
}
