import { randomBytes } from 'node:crypto';

/** How every access token starts, so that people and secret scanners know it for one. */
export const ACCESS_TOKEN_PREFIX = 'sgt_';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RANDOM_CHARS = 40;
const SHOWN_CHARS = 4;
const SHAPE = new RegExp(`^${ACCESS_TOKEN_PREFIX}[${ALPHABET}]{${RANDOM_CHARS}}$`);

/** A new secret: the prefix and 200 random bits in letters and digits that cannot be misread. */
export function newAccessToken(): string {
  let text = ACCESS_TOKEN_PREFIX;
  for (const byte of randomBytes(RANDOM_CHARS)) text += ALPHABET[byte & 31] ?? '0';
  return text;
}

/** Whether the text could be an access token at all; what could not is refused without asking the database. */
export function looksLikeAccessToken(text: string): boolean {
  return SHAPE.test(text);
}

/** What may be shown of a token for ever: its prefix and last characters. The 180 bits between cannot be guessed. */
export function displayAccessToken(token: string): string {
  return `${ACCESS_TOKEN_PREFIX}…${token.slice(-SHOWN_CHARS)}`;
}
