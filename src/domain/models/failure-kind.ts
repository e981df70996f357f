/** Whether the same request may succeed elsewhere or later, by the status that a provider answered. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * What providers write of a request that is longer than the model's context: OpenAI's code, the words of Anthropic,
 * Gemini and Bedrock.
 */
const TOO_LONG =
  /context_length_exceeded|maximum context length|prompt is too long|input is too long|input token count.{0,40}exceeds/i;

export function isContextTooLong(status: number, body: string | null): boolean {
  return (status === 400 || status === 413) && body !== null && TOO_LONG.test(body);
}
