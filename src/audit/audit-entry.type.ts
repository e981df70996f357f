import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { AuditActorKind, AuditEntryEntity } from './audit-entry.entity';
import { AuditActorKindEnum } from './audit-entry.enum';

@ObjectType('AuditEntry', {
  implements: Node,
  description:
    'One change of one thing: who, under what name, from what to what. Written in the transaction of the change; nothing ' +
    'changes or deletes it.',
})
export class AuditEntry implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `audit_`.' })
  id: string;

  @Field(() => AuditActorKindEnum, { description: 'What kind of actor it was.' })
  actorKind: AuditActorKind;

  @Field(() => ID, {
    nullable: true,
    description: 'The user, service account or key, or the role of the database; null for the others.',
  })
  actorId: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'For whom the caller said to act, in the header `litellm-changed-by`; null for nobody. Nothing proves it.',
  })
  onBehalfOf: string | null;

  @Field(() => String, {
    description:
      'Name of the mutation, such as `createKey`, path of the LiteLLM route, such as `/key/generate`, or what the server ' +
      'did by itself, such as `loadConfiguration`.',
  })
  action: string;

  @Field(() => String, { description: 'Type of what was changed, such as `Team`.' })
  subjectType: string;

  @Field(() => ID, { nullable: true, description: 'Its id, for `node`; null for what has none.' })
  subjectId: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'The changed fields as they were; null when the subject was made. Secrets and hashes read `[hidden]`, amounts are ' +
      'decimal text.',
  })
  before: unknown;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The same fields as they became; null when the subject was deleted.',
  })
  after: unknown;

  @Field(() => String, { nullable: true, description: 'Id of the request; null without one.' })
  requestId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'IP address that the request came from; null without one.',
  })
  address: string | null;

  @Field(() => String, { nullable: true, description: 'What the client said that it is; null for nothing.' })
  userAgent: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was changed, by the clock of the database.' })
  createdAt: Date;

  /** For the edges. */
  readonly organizationId: string | null;
}

export const AuditEntryConnection = connectionType(AuditEntry, 'AuditEntry');

export function toAuditEntry(row: AuditEntryEntity): AuditEntry {
  const { id, actorKind, actorId, onBehalfOf, action, subjectType, subjectId, organizationId } = row;
  const { requestId, address, userAgent, createdAt } = row;
  return {
    ...{ id, actorKind, actorId, onBehalfOf, action, subjectType, subjectId, organizationId },
    ...{ before: inCamelCase(row.before), after: inCamelCase(row.after) },
    ...{ requestId, address, userAgent, createdAt },
  };
}

/** Columns by the names of the graph's fields; what is inside of them is the caller's. */
function inCamelCase(columns: Readonly<Record<string, unknown>> | null): Record<string, unknown> | null {
  if (columns === null) return null;
  const camel = (name: string): string =>
    name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [camel(name), value]));
}
