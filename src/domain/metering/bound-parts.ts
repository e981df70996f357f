/** What a request costs beyond its own bytes: media in place of their base64, hidden prompts, framing. */
export interface BoundParts {
  /** Characters of inline media, which are billed by the media's size and not as text. */
  readonly mediaBytes: number;
  /** Tokens that no byte of the request stands for. */
  readonly addedTokens: number;
  readonly outputTokens: number | null;
  readonly outputs: number;
  readonly unbounded: readonly string[];
}
