import { createDecipheriv, createHash, hkdfSync } from 'node:crypto';

/** An ES module, loaded for the first text of the older kind. */
const loadSalsa = () => import('@noble/ciphers/salsa.js');

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const SALSA_NONCE_BYTES = 24;
const HKDF_INFO = 'litellm-at-rest-v3';
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

type Opener = (bytes: Buffer, key: string) => Promise<Buffer> | Buffer;

/** How a text is sealed stands before it; without a mark it is of the older kind. */
const MARKED: Readonly<Record<string, Opener>> = {
  'v3:gcm:': (bytes, key) =>
    openGcm(bytes, Buffer.from(hkdfSync('sha256', key, Buffer.alloc(KEY_BYTES), HKDF_INFO, KEY_BYTES))),
  'v2:gcm:': (bytes, key) => openGcm(bytes, sha256(key)),
};

/**
 * Opens the texts that LiteLLM keeps encrypted in its database: with AES-256-GCM, or XSalsa20 and Poly1305 in older
 * versions, by its salt key or else its master key
 * (https://github.com/BerriAI/litellm/blob/main/litellm/proxy/common_utils/encrypt_decrypt_utils.py).
 */
export class SealedTexts {
  /** The keys that may have been LiteLLM's. Either cipher tells a wrong key from the right one. */
  constructor(private readonly keys: readonly string[]) {}

  /** Null when the text is not sealed, or by none of the keys. */
  async open(text: string): Promise<string | null> {
    const mark = Object.keys(MARKED).find((each) => text.startsWith(each));
    const opener = mark === undefined ? openSalsa : MARKED[mark];
    const bytes = Buffer.from(text.slice(mark?.length ?? 0), 'base64');
    if (opener === undefined || !looksSealed(text)) return null;
    for (const key of this.keys) {
      try {
        return (await opener(bytes, key)).toString('utf8');
      } catch {
        // Sealed by another key.
      }
    }
    return null;
  }
}

/** Whether a text can be one that LiteLLM has sealed. */
export function looksSealed(text: string): boolean {
  if (Object.keys(MARKED).some((mark) => text.startsWith(mark))) return true;
  return BASE64.test(text) && Buffer.from(text, 'base64').length > SALSA_NONCE_BYTES + TAG_BYTES;
}

function openGcm(bytes: Buffer, key: Buffer): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
  cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), cipher.final()]);
}

async function openSalsa(bytes: Buffer, key: string): Promise<Buffer> {
  const { xsalsa20poly1305 } = await loadSalsa();
  const box = xsalsa20poly1305(sha256(key), bytes.subarray(0, SALSA_NONCE_BYTES));
  return Buffer.from(box.decrypt(bytes.subarray(SALSA_NONCE_BYTES)));
}

function sha256(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
