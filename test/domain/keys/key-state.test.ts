import { keyState, transition, type KeyAction, type KeyFacts } from '../../../src/domain/keys/key-state';

const NOW_MS = 1_000_000;
const active: KeyFacts = { blocked: false, expiresAtMs: null, deletedAtMs: null };
const blocked = { ...active, blocked: true };
const expired = { ...active, expiresAtMs: NOW_MS };
const deleted = { ...blocked, expiresAtMs: 1, deletedAtMs: 2 };

describe('key state', () => {
  it('is over at the very instant of its expiry, not before', () => {
    expect(keyState({ ...active, expiresAtMs: NOW_MS + 1 }, NOW_MS)).toBe('ACTIVE');
    expect(keyState(expired, NOW_MS)).toBe('EXPIRED');
  });

  it('shows deletion before blocking, and blocking before expiry', () => {
    expect(keyState(deleted, NOW_MS)).toBe('DELETED');
    expect(keyState({ ...expired, blocked: true }, NOW_MS)).toBe('BLOCKED');
    expect(keyState(active, NOW_MS)).toBe('ACTIVE');
  });

  it.each<[KeyAction, KeyFacts]>([
    ['BLOCK', blocked],
    ['UNBLOCK', active],
    ['EXPIRE', expired],
  ])('%s keeps a key that is so already', (action, facts) => {
    expect(transition(facts, action, NOW_MS)).toEqual({ ok: true, value: 'KEEP' });
  });

  it('lets nothing change a deleted key', () => {
    const actions: KeyAction[] = ['UPDATE', 'ROTATE', 'BLOCK', 'UNBLOCK', 'EXPIRE', 'DELETE'];
    for (const action of actions) {
      expect(transition(deleted, action, NOW_MS).ok).toBe(false);
    }
  });

  it('rotates, renews and deletes a key in every other state', () => {
    for (const facts of [active, blocked, expired]) {
      for (const action of ['ROTATE', 'UPDATE', 'DELETE'] as const) {
        expect(transition(facts, action, NOW_MS)).toEqual({ ok: true, value: 'CHANGE' });
      }
    }
  });
});
