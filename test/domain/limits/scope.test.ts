import {
  ENFORCEMENTS,
  ENFORCEMENT_DOCS,
  LIMIT_SCOPES,
  LIMIT_SCOPE_DOCS,
  LIMIT_UNITS,
  LIMIT_UNIT_DOCS,
  scopesOfCall,
  type CallAttribution,
} from '../../../src/domain/limits/scope';
import { teamMemberScopeId } from '../../../src/domain/limits/team-member-scope';

const FULL: CallAttribution = {
  organizationId: 'org_1',
  teamId: 'team_1',
  projectId: 'proj_1',
  userId: 'user_1',
  keyId: 'key_1',
  customerId: 'acme',
  tags: ['b', 'a'],
  provider: 'openai',
  deploymentId: 'dep_1',
  model: 'gpt-4o',
  modelNames: ['large', 'Chat'],
};
const BARE: CallAttribution = {
  organizationId: null,
  teamId: null,
  projectId: null,
  userId: null,
  keyId: null,
  customerId: null,
  tags: [],
  provider: 'openai',
  deploymentId: null,
  model: 'gpt-4o',
};

function lines(call: CallAttribution): string[] {
  return scopesOfCall(call).map(({ scope, scopeId }) => `${scope} ${scopeId}`);
}

describe('scopesOfCall', () => {
  it('names every scope that a call belongs to, widest first', () => {
    expect(lines(FULL)).toEqual([
      'SERVER server',
      'ORGANIZATION org_1',
      'TEAM team_1',
      'PROJECT proj_1',
      'USER user_1',
      'TEAM_MEMBER team_1/user_1',
      'KEY key_1',
      'CUSTOMER org_1/acme',
      'TAG a',
      'TAG b',
      'PROVIDER openai',
      'DEPLOYMENT dep_1',
      ...['MODEL chat', 'MODEL gpt-4o', 'MODEL large'],
      ...['MODEL_GROUP chat', 'MODEL_GROUP gpt-4o', 'MODEL_GROUP large'],
    ]);
  });

  it('keeps to the order in which the scopes are declared', () => {
    const order = scopesOfCall(FULL).map(({ scope }) => LIMIT_SCOPES.indexOf(scope));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(LIMIT_SCOPES.filter((scope) => scope !== 'TEMPLATE').length);
  });

  it('leaves out what a call does not belong to', () => {
    expect(lines(BARE)).toEqual([
      ...['SERVER server', 'PROVIDER openai', 'MODEL gpt-4o', 'MODEL_GROUP gpt-4o'],
    ]);
  });

  it('knows a team member only where there are both a team and a user', () => {
    expect(lines({ ...FULL, userId: null }).join()).not.toContain('TEAM_MEMBER');
    expect(lines({ ...FULL, teamId: null }).join()).not.toContain('TEAM_MEMBER');
  });

  it('gives the same scopes whatever the order and the number of equal tags', () => {
    expect(scopesOfCall({ ...FULL, tags: ['a', 'b', 'a'] })).toEqual(scopesOfCall(FULL));
  });

  it('does not change the tags that it is given', () => {
    const tags = ['b', 'a'];
    scopesOfCall({ ...FULL, tags });
    expect(tags).toEqual(['b', 'a']);
  });
});

describe('teamMemberScopeId', () => {
  it('never gives two members one id, whatever slashes their ids hold', () => {
    const ids = [
      teamMemberScopeId('a/b', 'c'),
      teamMemberScopeId('a', 'b/c'),
      teamMemberScopeId('a%2Fb', 'c'),
    ];
    expect(new Set(ids).size).toBe(3);
    expect(teamMemberScopeId('team_1', 'ann@example.com')).toBe('team_1/ann@example.com');
  });
});

describe('the words of a limit', () => {
  it.each([
    ['scope', LIMIT_SCOPES, LIMIT_SCOPE_DOCS],
    ['unit', LIMIT_UNITS, LIMIT_UNIT_DOCS],
    ['enforcement', ENFORCEMENTS, ENFORCEMENT_DOCS],
  ])('are explained in a sentence, for every %s', (_kind, words, docs) => {
    expect(Object.keys(docs)).toEqual([...words]);
    for (const sentence of Object.values(docs)) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});
