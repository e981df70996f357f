import type { DataSource, EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { rolesOf } from '../domain/access/group-rules';
import { personOf, type ClaimedPerson } from '../domain/access/sign-in-claims';
import { newId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import type { OidcConfig } from '../platform/config';
import { changes } from '../platform/database/changes';
import type { HintBus } from '../platform/events/hint-bus';
import type { Log } from '../platform/logger';
import type { OidcAnswer, OidcChecks, OidcClient } from '../platform/oidc/oidc-client';
import { UserEntity } from '../users/user.entity';
import { applyRole, joinOrganization } from './granted-role.repository';
import { findByEmail, findByIdentity, linkIdentity, lockIdentity } from './identity.repository';

export interface OidcSignInParts {
  readonly db: DataSource;
  readonly hints: Pick<HintBus, 'publish'>;
  readonly log: Log;
  readonly client: OidcClient;
  readonly config: OidcConfig;
}

export interface SignedIn {
  readonly userId: string;
  /** For the provider's page that signs out; null when it gave none. */
  readonly idToken: string | null;
}

const FAILED =
  'The identity provider did not confirm who you are. Try again; the log of the server has the reason.';

/**
 * Signs people in as an identity provider tells of them. A subject is a user for good; a first sign-in is the user who has
 * its verified e-mail address, or makes one.
 */
export class OidcSignInService {
  constructor(private readonly parts: OidcSignInParts) {}

  begin(redirectUri: string): Promise<{ url: string; checks: OidcChecks }> {
    return this.parts.client.begin(redirectUri);
  }

  logoutUrl(returnTo: string, idToken: string | null): Promise<string | null> {
    return this.parts.client.logoutUrl(returnTo, idToken);
  }

  /** The user, or why nobody is signed in, in words for people. */
  async finish(ctx: RequestContext, current: URL, checks: OidcChecks): Promise<Result<SignedIn, string>> {
    const { client, config, db, hints, log } = this.parts;
    let answer: OidcAnswer;
    try {
      answer = await client.finish(current, checks);
    } catch (error) {
      log.warn({ err: error, requestId: ctx.requestId }, 'A sign-in by OpenID Connect failed.');
      return err(FAILED);
    }
    const person = personOf(answer.claims, config.claims);
    if (!person.ok) return person;
    const user = await db.transaction((manager) => this.userOf(manager, ctx, person.value));
    if (!user.ok) return user;
    hints.publish('access', [user.value]);
    return ok({ userId: user.value, idToken: answer.idToken });
  }

  private async userOf(
    manager: EntityManager,
    ctx: RequestContext,
    person: ClaimedPerson,
  ): Promise<Result<string, string>> {
    const { issuer, groupRules, defaultRole } = this.parts.config;
    await lockIdentity(manager, issuer, person.subject);
    const known = await findByIdentity(manager, issuer, person.subject);
    const user = known ?? (await this.firstSignIn(manager, ctx, person));
    if (user === null)
      return err(
        `The user ${person.unverifiedEmail ?? ''} exists, and the identity provider has not verified that the address is yours.`,
      );
    if (user.blocked) return err('Your user is blocked.');
    for (const granted of person.groups === null ? [] : rolesOf(person.groups, groupRules)) {
      const role = granted.role ?? (granted.kind === 'SERVER' ? defaultRole : null);
      const isThere = await applyRole(manager, user.id, { ...granted, role }, ctx.clock.now());
      if (!isThere) this.parts.log.warn(granted, 'A group rule names what does not exist.');
    }
    return ok(user.id);
  }

  /** Null when a user with that address exists and the provider has not verified it. */
  private async firstSignIn(
    manager: EntityManager,
    ctx: RequestContext,
    { subject, email, unverifiedEmail, name }: ClaimedPerson,
  ): Promise<UserEntity | null> {
    const { issuer, defaultOrganizationId } = this.parts.config;
    if (unverifiedEmail !== null && (await findByEmail(manager, unverifiedEmail))) return null;
    const nowMs = ctx.clock.now();
    const existing = email === null ? null : await findByEmail(manager, email);
    const user = existing ?? (await this.insertUser(manager, nowMs, email, name));
    await linkIdentity(manager, issuer, subject, user.id, new Date(nowMs));
    if (!existing && defaultOrganizationId !== null)
      await joinOrganization(manager, user.id, defaultOrganizationId, 'MEMBER', nowMs);
    return user;
  }

  private async insertUser(
    manager: EntityManager,
    nowMs: number,
    email: string | null,
    name: string | null,
  ): Promise<UserEntity> {
    const id = newId('user', nowMs);
    const now = new Date(nowMs);
    const role = this.parts.config.defaultRole;
    await manager.insert(
      UserEntity,
      changes<UserEntity>({ id, email, name, role, createdAt: now, updatedAt: now }),
    );
    return manager.findOneByOrFail(UserEntity, { id });
  }
}
