import { splitModel } from '../domain/pricing/model-name';
import { err, ok, type Result } from '../domain/result';
import { membersOf } from './row-values';

export interface StoredParameters {
  /** `litellm_params` without what cannot be read. */
  readonly parameters: Record<string, unknown>;
  /** Whether the provider's key has to be set again. */
  readonly needsSecret: boolean;
}

/** Names of members that hold secrets of providers. */
const SECRETS = ['api_key', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'];
/** LiteLLM's way to name a variable of its environment. */
const FROM_ENVIRONMENT = 'os.environ/';
/** A nonce of 24 bytes and a tag of 16 before the first letter of the text. */
const SEALED_OVERHEAD_BYTES = 40;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Reads `litellm_params` as LiteLLM stores them. It encrypts every text in them with its salt or master key (XSalsa20 and
 * Poly1305), the model's name too; of such a row nothing can be told but its public name.
 */
export function readParameters(stored: unknown): Result<StoredParameters, string> {
  const parameters = membersOf(stored);
  const model = parameters['model'];
  if (typeof model !== 'string' || model === '') return err('its litellm_params name no model');
  if (isSealed(model)) {
    return err(
      "its settings are encrypted with LiteLLM's key: create the deployment again, with its provider's key",
    );
  }
  const entries = Object.entries(parameters).filter(([, value]) => value !== null);
  const isReadable = ([name, value]: [string, unknown]): boolean =>
    !SECRETS.includes(name) || !(typeof value === 'string' && isUnusable(value));
  const readable = entries.filter(isReadable);
  return ok({ parameters: Object.fromEntries(readable), needsSecret: readable.length < entries.length });
}

/** Whether a text is one that LiteLLM has encrypted: no name of a model looks so. */
function isSealed(text: string): boolean {
  return (
    splitModel(text).provider === null &&
    BASE64.test(text) &&
    Buffer.from(text, 'base64').length > SEALED_OVERHEAD_BYTES
  );
}

function isUnusable(secret: string): boolean {
  return secret.startsWith(FROM_ENVIRONMENT) || secret === '';
}
