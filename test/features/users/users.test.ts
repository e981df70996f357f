import { UserService } from '../../../src/users/user.service';
import { startFeatureTest, userPrincipal, valueOf, type FeatureTest } from '../../support/feature';

describe('users', () => {
  let feature: FeatureTest;
  let users: UserService;

  beforeAll(async () => {
    feature = await startFeatureTest();
    users = new UserService(feature.db, feature.hints);
    await feature.db.query(`INSERT INTO organizations (id, name) VALUES ('org_a', 'A'), ('org_b', 'B')`);
    await feature.db.query(
      `INSERT INTO teams (id, organization_id, name) VALUES ('team_a', 'org_a', 'A'), ('team_a2', 'org_a', 'A2')`,
    );
    for (const id of ['amy', 'ben', 'cid', 'dan']) valueOf(await users.create(feature.master, { id }));
    await feature.db.query(
      `INSERT INTO team_members (id, organization_id, team_id, user_id, role)
       VALUES ('m1', 'org_a', 'team_a', 'amy', 'MEMBER'), ('m2', 'org_a', 'team_a', 'ben', 'MEMBER'),
              ('m3', 'org_a', 'team_a2', 'cid', 'MEMBER')`,
    );
  }, 60_000);

  afterAll(async () => {
    await feature.close();
  });

  const team = { team_a: { organizationId: 'org_a', role: 'MEMBER' as const } };

  it.each([
    ['itself, without any membership', userPrincipal('dan'), ['dan']],
    ['its fellows in a team', userPrincipal('amy', { teams: team }), ['amy', 'ben']],
    [
      'all in the teams of an organization that it administers',
      userPrincipal('dan', { organizations: { org_a: 'ADMIN' } }),
      ['amy', 'ben', 'cid', 'dan'],
    ],
    [
      'only itself in an organization where it is a plain member',
      userPrincipal('dan', { organizations: { org_a: 'MEMBER' } }),
      ['dan'],
    ],
    [
      'only itself as administrator of another organization',
      userPrincipal('dan', { organizations: { org_b: 'ADMIN' } }),
      ['dan'],
    ],
  ])('a user sees %s', async (_what, principal, seen) => {
    const ctx = feature.as(principal);
    const page = await users.list(ctx, {}, { first: 100 });
    expect(page.rows.map((row) => row.id).filter((id) => id.length === 3)).toEqual(seen);
    for (const id of ['amy', 'ben', 'cid', 'dan'])
      expect([id, (await users.find(ctx, id)) !== null]).toEqual([id, seen.includes(id)]);
  });

  it('a key sees the user that it belongs to and none of its team', async () => {
    const key = { kind: 'KEY', keyId: 'key_1', organizationId: 'org_a', teamId: 'team_a' } as const;
    const page = await users.list(feature.as({ ...key, projectId: null, userId: 'amy' }), {}, {});
    expect(page.rows.map((row) => row.id)).toEqual(['amy']);
  });

  it('one of two who take an e-mail address at once gets it, in any case of its letters', async () => {
    const made = await Promise.all(
      ['Eve@example.com', 'eve@EXAMPLE.com'].map((email) => users.create(feature.master, { email })),
    );
    expect(made.filter((each) => each.ok)).toHaveLength(1);
    expect(made.find((each) => !each.ok)).toMatchObject({
      error: [{ code: 'CONFLICT', field: ['input', 'email'] }],
    });
  });

  it('a retry with the same key and chosen id finds the user, another caller of the id a conflict', async () => {
    const input = { id: 'chosen', idempotencyKey: 'k1' };
    expect(valueOf(await users.create(feature.master, input)).id).toBe('chosen');
    expect(valueOf(await users.create(feature.master, input)).id).toBe('chosen');
    expect(await users.create(feature.master, { id: 'chosen' })).toMatchObject({
      error: [{ code: 'CONFLICT', field: ['input', 'id'] }],
    });
  });

  it('deleting a user ends its memberships and frees its e-mail address; its record stays to be found', async () => {
    const fay = valueOf(await users.create(feature.master, { email: 'fay@example.com' }));
    await feature.db.query(
      `INSERT INTO organization_members (id, organization_id, user_id, role) VALUES ('m9', 'org_a', $1, 'ADMIN')`,
      [fay.id],
    );
    const deleted = valueOf(await users.remove(feature.master, fay.id));
    expect(deleted.deletedAt).toEqual(new Date(feature.clock.nowMs));
    expect(await feature.db.query(`SELECT 1 FROM organization_members WHERE id = 'm9'`)).toEqual([]);
    expect(feature.published).toContain(`access ${fay.id}`);
    expect(await users.find(feature.master, fay.id)).toMatchObject({ id: fay.id });
    const listed = await users.list(feature.master, { email: 'FAY@example.com' }, {});
    expect(listed.rows).toEqual([]);
    expect(await users.update(feature.master, { userId: fay.id, name: 'x' })).toMatchObject({
      error: [{ code: 'NOT_FOUND', field: ['input', 'userId'] }],
    });
    valueOf(await users.create(feature.master, { email: 'fay@example.com' }));
  });

  it('an update leaves what is absent and clears what is null', async () => {
    const { id } = valueOf(
      await users.create(feature.master, { name: 'Gus', email: 'gus@example.com', role: 'VIEWER' }),
    );
    const updated = valueOf(await users.update(feature.master, { userId: id, name: null, role: null }));
    expect(updated).toMatchObject({ name: null, email: 'gus@example.com', role: 'MEMBER' });
  });

  it.each([
    [{ email: 'no address' }, 'email'],
    [{ name: 'tab\there' }, 'name'],
    [{ metadata: ['a list'] as unknown as Record<string, unknown> }, 'metadata'],
    [{ metadata: { text: 'nul \0' } }, 'metadata'],
    [{ metadata: { text: 'x'.repeat(70_000) } }, 'metadata'],
    [{ id: ' spaced ' }, 'id'],
  ])('refuses %j and names the field', async (input, field) => {
    expect(await users.create(feature.master, input)).toMatchObject({
      error: [{ code: 'INVALID', field: ['input', field] }],
    });
  });

  it('nobody but a server administrator changes users, not even their own', async () => {
    const self = feature.as(userPrincipal('amy', { organizations: { org_a: 'ADMIN' } }));
    await expect(users.update(self, { userId: 'amy', role: 'ADMIN' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(users.create(self, { role: 'ADMIN' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
