import { Field, ObjectType } from 'type-graphql';
import type { Result } from '../../domain/result';
import type { UserIssue } from '../user-issue';
import { UserError } from './user-error.type';

/** What every mutation payload has: the problems that kept it from being done, or none. */
@ObjectType({ description: 'The outcome of a mutation.' })
export abstract class Payload {
  @Field(() => [UserError], {
    description: 'What kept the mutation from being done; empty when it was done.',
  })
  userErrors: UserError[];
}

/** A service's result as a payload: the mapped fields when it was done, else the issues. */
export function toPayload<T, P extends object>(
  result: Result<T, readonly UserIssue[]>,
  map: (value: T) => P,
): Partial<P> & Payload {
  if (result.ok) return { ...map(result.value), userErrors: [] };
  return { userErrors: result.error.map((each) => ({ ...each, field: [...each.field] })) } as Partial<P> &
    Payload;
}
