import type { DataSource } from 'typeorm';
import { requestContext, type RequestContext } from '../../src/access/context';
import type { MemberRole, Principal, UserPrincipal } from '../../src/access/principal';
import { entities } from '../../src/app/entities';
import { createDataSource } from '../../src/platform/database/data-source';
import { createTestDatabase } from './database';

/** Services of a feature on a database of their own, with a clock that the test moves and hints that it can read. */
export interface FeatureTest {
  readonly db: DataSource;
  readonly clock: { nowMs: number; now(): number };
  /** What was published so far, as `topic id`. */
  readonly published: string[];
  readonly hints: { publish(topic: string, ids: readonly string[]): void };
  as(principal: Principal): RequestContext;
  readonly master: RequestContext;
  close(): Promise<void>;
}

export async function startFeatureTest(): Promise<FeatureTest> {
  const database = await createTestDatabase();
  const { url } = database;
  const db = createDataSource({ url, ssl: false, poolSize: 4, entities, migrations: [] });
  await db.initialize();
  const clock = {
    nowMs: Date.parse('2026-11-24T12:00:00Z'),
    now(): number {
      return this.nowMs;
    },
  };
  const published: string[] = [];
  const as = (principal: Principal): RequestContext =>
    requestContext({ requestId: 'test', principal, db, clock });
  return {
    db,
    clock,
    published,
    hints: {
      publish: (topic, ids) => {
        for (const id of ids) published.push(`${topic} ${id}`);
      },
    },
    as,
    master: as({ kind: 'MASTER' }),
    close: async () => {
      await db.destroy();
      await database.drop();
    },
  };
}

/** A user with roles, as its token would make it. */
export function userPrincipal(
  userId: string,
  roles: {
    readonly organizations?: Record<string, MemberRole>;
    readonly teams?: Record<string, { organizationId: string; role: MemberRole }>;
  } = {},
): UserPrincipal {
  return {
    kind: 'USER',
    userId,
    role: 'MEMBER',
    organizationRoles: new Map(Object.entries(roles.organizations ?? {})),
    teamRoles: new Map(Object.entries(roles.teams ?? {})),
  };
}

/** The value of a result that must be one, with the issues in the message when it is not. */
export function valueOf<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}
