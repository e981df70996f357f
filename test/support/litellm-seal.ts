import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Seals every text of `litellm_params` as LiteLLM does. */
export async function sealAll(
  parameters: Readonly<Record<string, unknown>>,
  seal: (text: string) => Promise<string> | string,
): Promise<Record<string, unknown>> {
  const sealed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parameters))
    sealed[name] = typeof value === 'string' ? await seal(value) : value;
  return sealed;
}

export const sealV3 =
  (key: string) =>
  (text: string): string =>
    `v3:gcm:${gcm(text, Buffer.from(hkdfSync('sha256', key, '', 'litellm-at-rest-v3', 32)))}`;

export const sealV2 =
  (key: string) =>
  (text: string): string =>
    `v2:gcm:${gcm(text, sha256(key))}`;

export const sealSalsa =
  (key: string) =>
  async (text: string): Promise<string> => {
    const { xsalsa20poly1305 } = await import('@noble/ciphers/salsa.js');
    const nonce = randomBytes(24);
    const box = xsalsa20poly1305(sha256(key), nonce).encrypt(Buffer.from(text, 'utf8'));
    return urlSafe(Buffer.concat([nonce, box]));
  };

function gcm(text: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return urlSafe(Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]));
}

function sha256(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Python pads, which Node's own base64url does not. */
function urlSafe(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
