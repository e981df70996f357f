import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { STATE_FOLDER_MODE } from '../state-folder';
import { systemErrorCode } from '../system-error';

export interface StoredSecret {
  readonly value: string;
  /** Whether this start made it. */
  readonly isNew: boolean;
}

const FILE_MODE = 0o600;

/** The secret kept in the file, made first if there is none. Of processes that start together, all get the same one. */
export function readOrCreateSecret(path: string, prefix = ''): StoredSecret {
  const stored = readSecret(path);
  if (stored !== undefined) return { value: stored, isNew: false };
  if (mkdirSync(dirname(path), { recursive: true }) !== undefined) {
    chmodSync(dirname(path), STATE_FOLDER_MODE);
  }
  const draft = `${path}.${randomUUID()}`;
  const value = `${prefix}${randomBytes(24).toString('base64url')}`;
  writeFileSync(draft, `${value}\n`, { mode: FILE_MODE, flag: 'wx' });
  try {
    // A link appears with its content or not at all, and never replaces the file of another process.
    linkSync(draft, path);
    return { value, isNew: true };
  } catch (error) {
    const other = readSecret(path);
    if (other === undefined) throw error;
    return { value: other, isNew: false };
  } finally {
    rmSync(draft, { force: true });
  }
}

const SHORTEST_STRONG = 16;
const FEWEST_DISTINCT = 8;

/** Whether a key could be guessed: fewer than 16 signs after `sk-`, or few different ones. */
export function isWeakKey(key: string): boolean {
  const random = key.replace(/^sk-/, '');
  return random.length < SHORTEST_STRONG || new Set(random).size < FEWEST_DISTINCT;
}

/** Closes the file to others if it is open to them, as it may be after a copy. */
function readSecret(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (text === '') {
    throw new Error(`${path} is empty. Restore it from a backup, or delete it to have a new one made.`);
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, FILE_MODE);
  return text;
}
