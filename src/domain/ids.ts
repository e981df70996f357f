import { createHash, randomBytes } from 'node:crypto';

/** Prefix of each kind of id, so that an id tells what it names wherever it turns up. */
export const ID_PREFIXES = {
  organization: 'org',
  team: 'team',
  project: 'proj',
  user: 'user',
  membership: 'mem',
  accessToken: 'tok',
  serviceAccount: 'svc',
  audit: 'audit',
  key: 'key',
  credential: 'cred',
  deployment: 'dep',
  price: 'price',
  priceAdjustment: 'padj',
  priceImport: 'pimp',
  customer: 'cust',
  template: 'tmpl',
  assignment: 'asg',
  adjustment: 'adj',
  increase: 'inc',
  limit: 'lim',
  window: 'win',
  call: 'call',
  spend: 'spend',
  alert: 'alert',
  alertRule: 'rule',
  alertChannel: 'chan',
  alertDelivery: 'dlv',
  alertMessage: 'msg',
  export: 'exp',
  exportSchedule: 'xsch',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** Crockford's base 32: sorts as the bytes do and has no letter that reads as a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

/**
 * A new id: prefix, 48 bits of milliseconds, 80 random bits. Ids sort by the time of their making, and the time
 * can be read back (`idTime`), so that a spend row's id leads to its partition.
 */
export function newId(kind: IdKind, nowMs: number): string {
  return `${ID_PREFIXES[kind]}_${encodeTime(nowMs)}${encodeRandom()}`;
}

/**
 * The id of what was made elsewhere: as if made at that instant, with letters that follow from its name there. So that
 * what is imported twice has the same id both times.
 */
export function derivedId(kind: IdKind, atMs: number, name: string): string {
  const digest = createHash('sha256').update(name, 'utf8').digest();
  let text = '';
  for (const byte of digest.subarray(0, RANDOM_CHARS)) text += ALPHABET[byte & 31] ?? '0';
  return `${ID_PREFIXES[kind]}_${encodeTime(atMs)}${text}`;
}

/** The kind that an id's prefix names, or null when the text is no id of ours. */
export function idKind(id: string): IdKind | null {
  const underscore = id.indexOf('_');
  if (underscore < 1) return null;
  const prefix = id.slice(0, underscore);
  for (const kind of Object.keys(ID_PREFIXES) as IdKind[]) if (ID_PREFIXES[kind] === prefix) return kind;
  return null;
}

/** Milliseconds since the epoch at which a generated id was made; null when the id was chosen by hand. */
export function idTime(id: string): number | null {
  const body = id.slice(id.indexOf('_') + 1);
  if (body.length < TIME_CHARS + RANDOM_CHARS) return null;
  let ms = 0;
  for (const char of body.slice(0, TIME_CHARS)) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) return null;
    ms = ms * 32 + digit;
  }
  return ms;
}

/** The id of another kind that shares the time and random part: a call's spend row is `spend_` + the call's body. */
export function siblingId(kind: IdKind, id: string): string {
  return `${ID_PREFIXES[kind]}_${id.slice(id.indexOf('_') + 1)}`;
}

function encodeTime(nowMs: number): string {
  let rest = nowMs;
  let text = '';
  for (let i = 0; i < TIME_CHARS; i++) {
    text = (ALPHABET[rest % 32] ?? '0') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Random bytes are drawn by the block: each drawing costs as much as a whole id. A byte is used once. */
const BLOCK_BYTES = 256 * RANDOM_CHARS;
let block = randomBytes(0);
let used = 0;

function encodeRandom(): string {
  if (used >= block.length) {
    block = randomBytes(BLOCK_BYTES);
    used = 0;
  }
  let text = '';
  for (const end = used + RANDOM_CHARS; used < end; used++) text += ALPHABET[(block[used] ?? 0) & 31] ?? '0';
  return text;
}
