import { Field, Int, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../platform/graphql/scalars';

@ObjectType('DatabaseHealth', { description: 'How the database answers at the moment.' })
export class DatabaseHealth {
  @Field(() => Boolean, { description: 'Whether it answers.' })
  reachable: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Version of PostgreSQL; null when it does not answer.',
  })
  version: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How long an empty question took, in milliseconds; null when it does not answer.',
  })
  latencyMs: number | null;
}

@ObjectType('JournalHealth', {
  description: 'What this server process keeps on its own disk because the database was away.',
})
export class JournalHealth {
  @Field(() => Int, { description: 'Calls that have ended and wait to be booked.' })
  waitingCalls: number;

  @Field(() => Int, { description: 'Calls that were let through without the database and are under way.' })
  openCalls: number;

  @Field(() => BigIntScalar, { description: 'Bytes on the disk.' })
  bytes: string;

  @Field(() => BigIntScalar, { description: 'Room for such calls; beyond it they are refused.' })
  maxBytes: string;
}

@ObjectType('ServerHealth', { description: 'How this server process is.' })
export class ServerHealth {
  @Field(() => String, { description: 'Version of the server.' })
  version: string;

  @Field(() => DatabaseHealth, { description: 'How its database answers.' })
  database: DatabaseHealth;

  @Field(() => JournalHealth, { description: 'What waits on its disk to be booked.' })
  journal: JournalHealth;
}
