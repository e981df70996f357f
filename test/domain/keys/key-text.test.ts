import { checkChosenSecret, displayOf, looksLikeKey, newKeySecret } from '../../../src/domain/keys/key-text';

describe('key text', () => {
  it('gives each key 178 bits of evenly spread letters and digits', () => {
    const secrets = Array.from({ length: 2_000 }, newKeySecret);
    expect(new Set(secrets).size).toBe(secrets.length);
    for (const secret of secrets) expect(secret).toMatch(/^sk-[0-9A-Za-z]{30}$/);
    const counts = new Map<string, number>();
    for (const char of secrets
      .map((secret) => secret.slice(3))
      .join('')
      .split('')) {
      counts.set(char, (counts.get(char) ?? 0) + 1);
    }
    expect(counts.size).toBe(62);
    // 60,000 draws over 62 letters: 968 each, give or take 31; ten deviations never happen by chance.
    for (const count of counts.values()) expect(Math.abs(count - 968)).toBeLessThan(310);
  });

  it('shows four characters of a secret', () => {
    expect(displayOf('sk-0123456789abcdef')).toBe('sk-...cdef');
  });

  it.each([
    ['pk-0123456789abcdef', /starts with "sk-"/],
    ['sk-0123456789ab', /at least 16 characters/],
    [`sk-${'a'.repeat(200)}`, /at most 200/],
    ['sk-0123456789 abcdef', /without spaces/],
    ['sk-0123456789\u00e9bcdef', /printable ASCII/],
  ])('refuses a chosen secret such as %s without repeating it', (secret, reason) => {
    const checked = checkChosenSecret(secret);
    expect(checked).toEqual({ ok: false, error: expect.stringMatching(reason) });
    expect(JSON.stringify(checked)).not.toContain(secret.slice(3));
  });

  it('accepts its own secrets and those chosen well', () => {
    expect(checkChosenSecret('sk-0123456789abc')).toEqual({ ok: true, value: 'sk-0123456789abc' });
    expect(looksLikeKey(newKeySecret())).toBe(true);
    expect(['', 'sk-', 'Bearer', 'sk-1234'].some(looksLikeKey)).toBe(false);
  });
});
