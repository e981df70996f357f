import { createHash } from 'node:crypto';
import { keyedHash, sameHash } from '../../src/access/keyed-hash';

describe('keyedHash', () => {
  const hash = keyedHash('a pepper');

  it('gives one hash for a secret and for the SHA-256 of it', () => {
    const sha256 = createHash('sha256').update('sk-secret').digest('hex');
    expect(hash.hashOfSha256(sha256)).toEqual(hash.hash('sk-secret'));
    expect(hash.hashOfSha256(sha256.toUpperCase())).toEqual(hash.hash('sk-secret'));
  });

  it('gives other hashes with another pepper and for another secret', () => {
    expect(keyedHash('another').hash('sk-secret')).not.toEqual(hash.hash('sk-secret'));
    expect(hash.hash('sk-secreT')).not.toEqual(hash.hash('sk-secret'));
  });

  it('refuses what is no SHA-256', () => {
    expect(() => hash.hashOfSha256('sk-secret')).toThrow('64 hexadecimal digits');
  });

  it('compares hashes of any lengths', () => {
    expect(sameHash(hash.hash('a'), hash.hash('a'))).toBe(true);
    expect(sameHash(hash.hash('a'), hash.hash('b'))).toBe(false);
    expect(sameHash(hash.hash('a'), Buffer.alloc(3))).toBe(false);
  });
});
