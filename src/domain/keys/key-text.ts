import { randomBytes } from 'node:crypto';
import { err, ok, type Result } from '../result';

/** How every key starts, so that clients and secret scanners know it for one. */
export const KEY_PREFIX = 'sk-';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^30 is above 2^178. */
const RANDOM_CHARS = 30;
/** Bytes from here on would make the first letters of the alphabet likelier than the last. */
const FAIR_BYTES = Math.floor(256 / ALPHABET.length) * ALPHABET.length;

const MIN_CHOSEN_LENGTH = 16;
const MAX_CHOSEN_LENGTH = 200;
const CHOSEN = /^sk-[\x21-\x7e]+$/;

/** A new secret: `sk-` and 30 letters and digits, 178 random bits. */
export function newKeySecret(): string {
  let text = KEY_PREFIX;
  while (text.length < KEY_PREFIX.length + RANDOM_CHARS) {
    for (const byte of randomBytes(RANDOM_CHARS)) {
      if (byte < FAIR_BYTES && text.length < KEY_PREFIX.length + RANDOM_CHARS) {
        text += ALPHABET[byte % ALPHABET.length] ?? '';
      }
    }
  }
  return text;
}

/** Accepts a secret that the caller chose, or says what is wrong with it without repeating it. */
export function checkChosenSecret(secret: string): Result<string, string> {
  if (!secret.startsWith(KEY_PREFIX)) return err(`A key starts with "${KEY_PREFIX}".`);
  if (secret.length < MIN_CHOSEN_LENGTH) {
    return err(`A key has at least ${MIN_CHOSEN_LENGTH} characters, so that it cannot be guessed.`);
  }
  if (secret.length > MAX_CHOSEN_LENGTH) return err(`A key has at most ${MAX_CHOSEN_LENGTH} characters.`);
  if (!CHOSEN.test(secret)) return err('A key is made of printable ASCII characters without spaces.');
  return ok(secret);
}

/** Whether the text could be a key at all; what could not is refused without asking the database. */
export function looksLikeKey(text: string): boolean {
  return text.length >= MIN_CHOSEN_LENGTH && text.length <= MAX_CHOSEN_LENGTH && CHOSEN.test(text);
}

/** What people see of a secret, enough to tell it from others: `sk-...abcd`. */
export function displayOf(secret: string): string {
  return `${KEY_PREFIX}...${secret.slice(-4)}`;
}
