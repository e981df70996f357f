import type { ErrorBody, WireError } from '../wire-error';

/** OpenAI's envelope. `code` is a string: the SDKs' types and LiteLLM's clients say so. */
export function openAiErrorBody({ status, message, type, code, param, details }: WireError): ErrorBody {
  return {
    error: { message, type, param: param ?? null, code: code ?? String(status), ...(details && { details }) },
  };
}
