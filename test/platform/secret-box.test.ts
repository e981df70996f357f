import { SealError, SecretBox } from '../../src/platform/secret-box';

describe('SecretBox', () => {
  const box = new SecretBox('a setting of some length');

  it('opens what it sealed, and seals the same text differently each time', () => {
    const sealed = box.seal('sk-provider-secret', 'cred_1');
    expect(box.open(sealed, 'cred_1')).toBe('sk-provider-secret');
    expect(sealed.equals(box.seal('sk-provider-secret', 'cred_1'))).toBe(false);
    expect(sealed.toString('latin1')).not.toContain('provider');
  });

  it('opens what an earlier key sealed and seals with the current one', () => {
    const sealed = box.seal('secret', 'cred_1');
    const rotated = new SecretBox('another setting', ['a setting of some length']);
    expect(rotated.open(sealed, 'cred_1')).toBe('secret');
    expect(() => box.open(rotated.seal('secret', 'cred_1'), 'cred_1')).toThrow(/another encryption key/);
  });

  it('refuses a text that was moved to another place or changed in any byte', () => {
    const sealed = box.seal('secret', 'cred_1');
    expect(() => box.open(sealed, 'cred_2')).toThrow(SealError);
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open(changed, 'cred_1')).toThrow(SealError);
    }
    expect(() => box.open(sealed.subarray(0, -1), 'cred_1')).toThrow(SealError);
    expect(() => box.open(Buffer.alloc(0), 'cred_1')).toThrow(SealError);
  });

  it('gives a text one fingerprint, which another key does not give', () => {
    expect(box.fingerprint('secret')).toBe(box.fingerprint('secret'));
    expect(box.fingerprint('secret')).not.toBe(new SecretBox('another setting').fingerprint('secret'));
  });
});
