import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const KEY_ID_BYTES = 8;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;

/** A sealed text that none of the keys opens, or that was changed. Holds nothing of the text. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

interface BoxKey {
  /** Tells which key sealed a text without telling the key. */
  readonly id: Buffer;
  readonly key: Buffer;
}

/**
 * Encrypts secrets that must be read again, with AES-256-GCM. A sealed text names the key that sealed it, so that texts
 * sealed with an earlier key stay readable after the setting has changed, and are sealed with the new one when written.
 */
export class SecretBox {
  private readonly current: BoxKey;
  private readonly keys: readonly BoxKey[];

  constructor(encryptionKey: string, earlierKeys: readonly string[] = []) {
    this.current = deriveKey(encryptionKey);
    this.keys = [this.current, ...earlierKeys.map(deriveKey)];
  }

  /** `context` names the place of the secret, such as a row's id: moved elsewhere, the sealed text doesn't open. */
  seal(text: string, context: string): Buffer {
    const header = Buffer.concat([Buffer.of(FORMAT), this.current.id]);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.current.key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([header, iv, cipher.getAuthTag(), sealed]);
  }

  /** Throws SealError when the text was sealed with another key, for another context, or changed since. */
  open(sealed: Buffer, context: string): string {
    if (sealed.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || sealed[0] !== FORMAT) {
      throw new SealError('This is no sealed text of a known format.');
    }
    const header = sealed.subarray(0, HEADER_BYTES);
    const key = this.keys.find(({ id }) => id.equals(header.subarray(1)));
    if (key === undefined) throw new SealError('It was sealed with another encryption key.');
    const iv = sealed.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES);
    const body = sealed.subarray(HEADER_BYTES + IV_BYTES);
    const decipher = createDecipheriv(CIPHER, key.key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]));
    decipher.setAuthTag(body.subarray(0, TAG_BYTES));
    try {
      const opened = Buffer.concat([decipher.update(body.subarray(TAG_BYTES)), decipher.final()]);
      return opened.toString('utf8');
    } catch {
      throw new SealError('The sealed text was changed, or belongs elsewhere.');
    }
  }

  /** The same for the same text and useless without the key: compares secrets that must not be stored. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.current.key).update(text, 'utf8').digest('hex');
  }
}

function deriveKey(setting: string): BoxKey {
  const derive = (purpose: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', setting, 'spendgraph secret box', purpose, bytes));
  return { id: derive('key id', KEY_ID_BYTES), key: derive('encryption key', 32) };
}
