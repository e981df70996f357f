import { redactSecrets } from '../../src/platform/redact';

const MAX_MS = 3_000;
const LENGTH = 200_000;

describe('redactSecrets', () => {
  it.each(['a', 'a.', 'a://:', '://', 'sk-', 'Bearer ', '"password":', '?key=', 'AKIA', ':@', '\\"'])(
    'takes no more time for a text of %j than its length asks for',
    (piece) => {
      const text = `://:"password":"${piece.repeat(LENGTH / piece.length)}`;
      const startedMs = performance.now();
      redactSecrets(text);
      expect(performance.now() - startedMs).toBeLessThan(MAX_MS);
    },
  );

  it.each([
    ['a Groq key', 'gsk_0123456789abcdef', 'gsk_[redacted]'],
    ['an xAI key', 'key xai-0123456789abcdef!', 'key xai-[redacted]!'],
    ['the id of an AWS key', 'AKIAIOSFODNN7EXAMPLE is wrong', '[redacted] is wrong'],
    [
      'a key as people write it',
      'called with api_key=0123456789, twice',
      'called with api_key=[redacted], twice',
    ],
    ['a key of the environment', 'OPENAI_API_KEY=0123456789abc', 'OPENAI_API_KEY=[redacted]'],
    ['a field that the text breaks off in', '{"password":"hunter', '{"password":"[redacted]"'],
    ['each of two URLs', 'a://b:c@d e://f:g@h', 'a://b:[redacted]@d e://f:[redacted]@h'],
    ['a password with colons', 'postgres://u:a:b:c@h/d', 'postgres://u:[redacted]@h/d'],
  ])('hides %s', (_name, text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });
});
