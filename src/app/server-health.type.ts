import { Field, Int, ObjectType } from 'type-graphql';

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

@ObjectType('ServerHealth', { description: 'How this server process is.' })
export class ServerHealth {
  @Field(() => String, { description: 'Version of the server.' })
  version: string;

  @Field(() => DatabaseHealth, { description: 'How its database answers.' })
  database: DatabaseHealth;
}
