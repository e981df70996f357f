import { OperationTypeNode } from 'graphql';
import type { MiddlewareFn } from 'type-graphql';
import { actingAs } from '../access/acting';
import type { RequestContext } from '../access/context';

/** What a mutation changes is recorded under its name, in the transaction that changes it. */
export const namedMutations: MiddlewareFn<RequestContext> = ({ context, info }, next) =>
  info.path.prev === undefined && info.operation.operation === OperationTypeNode.MUTATION
    ? actingAs(context, info.fieldName, next)
    : next();
