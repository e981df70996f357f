import { splitModel } from '../domain/pricing/model-name';
import { err, ok, type Result } from '../domain/result';
import { membersOf } from './row-values';
import { looksSealed, type SealedTexts } from './sealed-text';

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

/** Reads `litellm_params` as LiteLLM stores them: it seals every text in them, the model's name too, or none. */
export async function readParameters(
  stored: unknown,
  texts: SealedTexts,
): Promise<Result<StoredParameters, string>> {
  const raw = membersOf(stored);
  const model = raw['model'];
  if (typeof model !== 'string' || model === '') return err('its litellm_params name no model');
  const isSealed = splitModel(model).provider === null && looksSealed(model);
  if (isSealed && (await texts.open(model)) === null)
    return err(
      "its settings are encrypted with a key of LiteLLM's that is not known here: set SPENDGRAPH_IMPORT_SALT_KEY to it",
    );
  const parameters = isSealed ? await openAll(raw, texts) : raw;
  const entries = Object.entries(parameters).filter(([, value]) => value !== null);
  const isReadable = ([name, value]: [string, unknown]): boolean =>
    !SECRETS.includes(name) || !(typeof value === 'string' && isUnusable(value));
  const readable = entries.filter(isReadable);
  return ok({ parameters: Object.fromEntries(readable), needsSecret: readable.length < entries.length });
}

/** What no key opens was sealed by an earlier one: such a secret is empty, and any other text is left out. */
async function openAll(
  sealed: Readonly<Record<string, unknown>>,
  texts: SealedTexts,
): Promise<Record<string, unknown>> {
  const opened: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sealed)) {
    const text = typeof value === 'string' ? await texts.open(value) : value;
    if (text !== null) opened[name] = text;
    else if (SECRETS.includes(name)) opened[name] = '';
  }
  return opened;
}

function isUnusable(secret: string): boolean {
  return secret.startsWith(FROM_ENVIRONMENT) || secret === '';
}
