/** OpenAI: a token for each 100 ms of a user's audio (https://platform.openai.com/docs/guides/realtime-costs). */
const TOKENS_PER_SECOND = 10;
/** The lowest rate at which MPEG audio is coded, 8 kbit/s: no sound of this many bytes lasts longer. */
const LOWEST_BYTES_PER_SECOND = 1_000;
/** Bytes of a base64 WAV that hold its header. */
const HEADER_CHARACTERS = 128;

/**
 * An upper bound of the tokens of inline base64 audio. A WAV states its own byte rate; of other codecs only the
 * lowest rate of MPEG audio is known.
 */
export function maxAudioTokens(data: string, tokensPerSecond = TOKENS_PER_SECOND): number {
  const bytes = Math.ceil((data.length * 3) / 4);
  const rate =
    wavByteRate(Buffer.from(data.slice(0, HEADER_CHARACTERS), 'base64')) ?? LOWEST_BYTES_PER_SECOND;
  return Math.ceil((bytes / rate) * tokensPerSecond) + 1;
}

function wavByteRate(head: Buffer): number | null {
  if (
    head.length < 32 ||
    head.toString('latin1', 0, 4) !== 'RIFF' ||
    head.toString('latin1', 8, 16) !== 'WAVEfmt '
  ) {
    return null;
  }
  return Math.max(1, head.readUInt32LE(28));
}
