import { readGroupRule, rolesOf, type GroupRule } from '../../src/domain/access/group-rules';
import { personOf, type ClaimRules } from '../../src/domain/access/sign-in-claims';

const RULES: ClaimRules = {
  ...{ emailClaim: 'email', nameClaim: 'name', groupsClaim: 'groups' },
  ...{ trustsEmail: false, allowedDomains: [] },
};

function rule(text: string): GroupRule {
  const read = readGroupRule(text);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

describe('what an identity provider tells of a person', () => {
  it('counts an address as theirs only when it is verified, or the provider is trusted to have done it', () => {
    const claims = { sub: 's', email: 'a@example.com' };
    const plain = personOf(claims, RULES);
    expect(plain).toMatchObject({ value: { email: null, unverifiedEmail: 'a@example.com' } });
    for (const answer of ['true', 1, null])
      expect(personOf({ ...claims, email_verified: answer }, RULES)).toMatchObject({
        value: { email: null },
      });
    expect(personOf({ ...claims, email_verified: true }, RULES)).toMatchObject({
      value: { email: 'a@example.com', unverifiedEmail: null },
    });
    expect(personOf(claims, { ...RULES, trustsEmail: true })).toMatchObject({
      value: { email: 'a@example.com' },
    });
  });

  it('lets in the domains that are named, by the part after the last @', () => {
    const rules = { ...RULES, allowedDomains: ['example.com'] };
    const who = (email: string) => personOf({ sub: 's', email, email_verified: true }, rules).ok;
    expect(who('a@EXAMPLE.com')).toBe(true);
    expect(who('a@example.com@evil.com')).toBe(false);
    expect(who('a@sub.example.com')).toBe(false);
    expect(personOf({ sub: 's', email: 'a@example.com' }, rules).ok).toBe(false);
    expect(personOf({ email: 'a@example.com', email_verified: true }, rules).ok).toBe(false);
  });

  it('tells no groups from none being told', () => {
    expect(personOf({ sub: 's' }, RULES)).toMatchObject({ value: { groups: null } });
    expect(personOf({ sub: 's', groups: [] }, RULES)).toMatchObject({ value: { groups: [] } });
    expect(personOf({ sub: 's', groups: ['a', 3] }, RULES)).toMatchObject({ value: { groups: ['a'] } });
    expect(personOf({ sub: 's', groups: 'a' }, RULES)).toMatchObject({ value: { groups: ['a'] } });
  });
});

describe('roles that groups give', () => {
  it('are read from one line each, and what is no such line is told', () => {
    expect(rule('cn=admins,ou=x=server:admin')).toEqual({
      ...{ group: 'cn=admins,ou=x', kind: 'SERVER', id: null, role: 'ADMIN' },
    });
    expect(rule('eng = team:team_1:MEMBER')).toMatchObject({ group: 'eng', kind: 'TEAM', id: 'team_1' });
    for (const wrong of [
      'eng',
      '=team:t:ADMIN',
      'a=team:ADMIN',
      'a=server:x:ADMIN',
      'a=org:o:ADMIN',
      'a=team:t:BOSS',
    ])
      expect(readGroupRule(wrong).ok).toBe(false);
  });

  it('come to one role for each place, by the first rule that fits, and to none where no group is held', () => {
    const rules = [
      rule('leads=team:t:ADMIN'),
      rule('all=team:t:VIEWER'),
      rule('all=organization:o:MEMBER'),
      rule('chiefs=server:ADMIN'),
    ];
    expect(rolesOf(['all', 'leads'], rules)).toEqual([
      { kind: 'TEAM', id: 't', role: 'ADMIN' },
      { kind: 'ORGANIZATION', id: 'o', role: 'MEMBER' },
      { kind: 'SERVER', id: null, role: null },
    ]);
    expect(rolesOf(['all'], rules)[0]).toEqual({ kind: 'TEAM', id: 't', role: 'VIEWER' });
  });
});
