import { createHash, timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import type { KeyedHash } from '../access/keyed-hash';
import { displayAccessToken, newAccessToken } from '../domain/access-token-text';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import { changes } from '../platform/database/changes';
import { refuseDuplicates } from '../platform/database/unique-violation';
import type { HintBus } from '../platform/events/hint-bus';
import { issue, type UserIssue } from '../platform/user-issue';
import { AccessTokenEntity } from './access-token.entity';
import type { PasswordHasher } from './password-hasher';
import { findPasswordHolder, revokeOldSessions } from './user-password.repository';
import { UserEntity } from './user.entity';
import { lockUser } from './user.repository';

const SESSION_MS = 12 * 3_600_000;
const MAX_SESSIONS = 20;
/** Of one name, in one server process. Long passwords make even these far too few to guess with. */
const FAILURES = 10;
const FAILURES_WINDOW_S = 15 * 60;

/** The administrator of the page that the environment names, as LiteLLM has it (UI_USERNAME, UI_PASSWORD). */
export interface PageAdministrator {
  readonly username: string;
  readonly password: string;
}

export const PAGE_ADMINISTRATOR_ID = 'user_page_administrator';

export interface SignIn {
  readonly username: string;
  readonly password: string;
}

export interface Session {
  readonly token: AccessTokenEntity;
  readonly secret: string;
}

type Outcome = Result<Session, UserIssue[]>;

/**
 * Signing in with a password gives an access token that ends by itself. Whoever is refused is not told whether the name or
 * the password was wrong, neither by words nor by the time that it takes.
 */
export class SignInService {
  private readonly failures = new RateLimiterMemory({ points: FAILURES, duration: FAILURES_WINDOW_S });

  constructor(
    private readonly parts: {
      readonly db: DataSource;
      readonly hash: KeyedHash;
      readonly hasher: PasswordHasher;
      readonly hints: Pick<HintBus, 'publish'>;
      /** Null where the environment names none. */
      readonly administrator: PageAdministrator | null;
    },
  ) {}

  async signIn(ctx: RequestContext, input: SignIn): Promise<Outcome> {
    const name = digest(input.username.trim().toLowerCase()).toString('base64');
    const failed = await this.failures.get(name);
    if (failed !== null && failed.remainingPoints <= 0)
      return issue(
        'LIMIT_REACHED',
        'username',
        `Too many attempts with this name. Try again in ${Math.ceil(failed.msBeforeNext / 60_000)} minutes.`,
      );
    const userId = await this.userOf(ctx, input);
    if (userId === null) {
      await this.failures.penalty(name);
      return issue('INVALID', 'password', 'The name or the password is wrong.');
    }
    await this.failures.delete(name);
    return this.begin(ctx, userId);
  }

  private async userOf(ctx: RequestContext, { username, password }: SignIn): Promise<string | null> {
    const { db, hasher, administrator } = this.parts;
    if (administrator !== null && isSame(username, administrator.username)) {
      if (!isSame(password, administrator.password)) return null;
      await this.makeAdministrator(ctx, administrator.username);
      return PAGE_ADMINISTRATOR_ID;
    }
    const holder = await findPasswordHolder(db.manager, username.trim());
    const fits = await hasher.verify(holder?.hash ?? null, password);
    return fits && holder !== null ? holder.userId : null;
  }

  /** Sessions belong to users, so the environment's administrator is one, made when it first comes. */
  private async makeAdministrator(ctx: RequestContext, username: string): Promise<void> {
    const now = new Date(ctx.clock.now());
    await this.parts.db
      .createQueryBuilder()
      .insert()
      .into(UserEntity)
      .values(
        changes<UserEntity>({
          id: PAGE_ADMINISTRATOR_ID,
          name: username,
          role: 'ADMIN',
          createdAt: now,
          updatedAt: now,
        }),
      )
      .orIgnore()
      .execute();
  }

  /** A session of a user who has proved to be that one. An id that was used before is refused. */
  async begin(
    ctx: RequestContext,
    userId: string,
    id = newId('accessToken', ctx.clock.now()),
  ): Promise<Outcome> {
    const { db, hints } = this.parts;
    const begin = async (manager: EntityManager): Promise<Outcome> => {
      // The password was right a moment ago; the user may have been deleted since.
      if (!(await lockUser(manager, userId)))
        return issue('INVALID', 'password', 'The name or the password is wrong.');
      return ok(await this.insertSession(manager, ctx, userId, id));
    };
    const outcome = await refuseDuplicates<Outcome>(() => db.transaction(begin), {
      access_tokens_pkey: issue('CONFLICT', 'id', 'This sign-in was used already.'),
    });
    if (outcome.ok) hints.publish('access', [userId]);
    return outcome;
  }

  private async insertSession(
    manager: EntityManager,
    ctx: RequestContext,
    userId: string,
    id: string,
  ): Promise<Session> {
    const nowMs = ctx.clock.now();
    const secret = newAccessToken();
    const row = changes<AccessTokenEntity>({
      id,
      userId,
      name: 'Signed in',
      hash: this.parts.hash.hash(secret),
      display: displayAccessToken(secret),
      isSession: true,
      expiresAt: new Date(nowMs + SESSION_MS),
      createdAt: new Date(nowMs),
    });
    await manager.insert(AccessTokenEntity, row);
    await revokeOldSessions(manager, userId, MAX_SESSIONS, new Date(nowMs));
    return { token: await manager.findOneByOrFail(AccessTokenEntity, { id }), secret };
  }
}

function isSame(given: string, expected: string): boolean {
  // Digests have one length, so that the comparison takes the same time whatever was sent.
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
