import type { MiddlewareFn } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';

/** What a caller without a credential may ask: who they are, and to be let in. */
const OPEN_FIELDS = new Set(['Query.viewer', 'Mutation.signIn']);

/**
 * A caller without a credential is told so by every field of the roots, whatever the field itself would have answered:
 * a new field is closed to strangers before anybody thinks of it.
 */
export const anonymousGuard: MiddlewareFn<RequestContext> = ({ context, info }, next) => {
  const isRoot = info.path.prev === undefined;
  if (isRoot && !OPEN_FIELDS.has(`${info.parentType.name}.${info.fieldName}`)) {
    requireRule(context.principal, RULES.signedIn);
  }
  return next();
};
