/** LiteLLM's names, in the metadata of a call, for the model that was asked for and how many others were tried since. */
const FROM = 'original_model_group';
const ATTEMPTS = 'attempted_fallbacks';

type Metadata = Readonly<Record<string, unknown>>;

/** The client's metadata with what is true of the call: those two names are not the client's to write. */
export function withFallback(
  metadata: Metadata,
  fallback: { readonly from: string; readonly attempts: number } | null,
): Metadata {
  if (fallback !== null) return { ...metadata, [FROM]: fallback.from, [ATTEMPTS]: fallback.attempts };
  if (!(FROM in metadata) && !(ATTEMPTS in metadata)) return metadata;
  const { [FROM]: _from, [ATTEMPTS]: _attempts, ...rest } = metadata;
  return rest;
}

/** The model that was asked for where another one was called for want of room; else null. */
export function fallbackFromOf(metadata: Metadata): string | null {
  const from = metadata[FROM];
  return typeof from === 'string' ? from : null;
}
