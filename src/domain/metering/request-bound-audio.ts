import type { Usage } from '../usage/usage';
import type { BoundParts } from './bound-parts';
import { asCount, asRecord, asText, type JsonRecord } from './json';
import { familyOfModel } from './model-family';

/** OpenAI: a token for each 100 ms of sound that is sent (https://platform.openai.com/docs/guides/realtime-costs). */
const OPENAI_TOKENS_PER_SECOND = 10;
/** Above what other models make of a second: Gemini 32, Voxtral 12.5. */
const OTHER_TOKENS_PER_SECOND = 50;
/** A token for each 50 ms of sound that a model speaks (the same page). */
export const SPOKEN_TOKENS_PER_SECOND = 20;
/** The lowest rate at which speech is coded, 8 kbit/s. */
const LOWEST_BYTES_PER_SECOND = 1_000;
/** Fast speech is some five tokens a second. */
const TRANSCRIPT_TOKENS_PER_SECOND = 10;
/** A short sound still gets an answer. */
const LEAST_TRANSCRIPT_TOKENS = 64;
/** Twice as slow as slow reading: digits and signs are read as words, and Chinese has a syllable a character. */
const MOST_SECONDS_PER_CHARACTER = 0.5;
/** English is read at some fifteen characters a second. */
const USUAL_CHARACTERS_PER_SECOND = 15;
const LEAST_SPOKEN_SECONDS = 5;
const SLOWEST_SPEED = 0.25;
const FRAMING_TOKENS = 64;

/** Bounds a transcription or translation of sound; see `requestBound`. */
export function transcriptionBound(body: unknown, model: string): BoundParts {
  const seconds = Math.ceil(audioMs(body) / 1_000);
  return {
    mediaBytes: 0,
    addedTokens: FRAMING_TOKENS + seconds * tokensPerSecond(model),
    outputTokens: LEAST_TRANSCRIPT_TOKENS + seconds * TRANSCRIPT_TOKENS_PER_SECOND,
    outputs: 1,
    unbounded: [],
  };
}

/** The length of the sound that a request sends, in whole seconds, which is how it is billed. */
export function transcriptionCounts(body: unknown): Usage {
  return { inputAudioMs: Math.ceil(audioMs(body) / 1_000) * 1_000 };
}

/** What a transcription uses whose answer does not say: the sound that was sent, as time and as tokens. */
export function transcriptionEstimate(body: unknown, model: string): Usage {
  const inputAudioMs = audioMs(body);
  return { inputAudioMs, inputAudio: Math.ceil((inputAudioMs * tokensPerSecond(model)) / 1_000) };
}

/** Bounds a request to speak a text; see `requestBound`. */
export function speechBound(body: unknown): BoundParts {
  const request = asRecord(body) ?? {};
  const seconds = LEAST_SPOKEN_SECONDS + MOST_SECONDS_PER_CHARACTER * charactersOf(request);
  return {
    mediaBytes: 0,
    addedTokens: FRAMING_TOKENS,
    outputTokens: Math.ceil((seconds / speedOf(request)) * SPOKEN_TOKENS_PER_SECOND),
    outputs: 1,
    unbounded: [],
  };
}

/** The characters to be spoken, and the most time that they take. */
export function speechCounts(body: unknown): Usage {
  const request = asRecord(body) ?? {};
  const seconds = LEAST_SPOKEN_SECONDS + MOST_SECONDS_PER_CHARACTER * charactersOf(request);
  return {
    inputCharacters: charactersOf(request),
    outputAudioMs: Math.ceil((seconds / speedOf(request)) * 1_000),
  };
}

/** What speaking a text uses, of which nobody says how long it took: the characters, and the time at the usual speed. */
export function speechEstimate(body: unknown): Usage {
  const request = asRecord(body) ?? {};
  const inputCharacters = charactersOf(request);
  const seconds = inputCharacters / USUAL_CHARACTERS_PER_SECOND / speedOf(request);
  return { inputCharacters, ...spoken(Math.ceil(seconds * 1_000)) };
}

/** Sound that a model spoke, as time and as tokens. */
export function spoken(outputAudioMs: number): Usage {
  return { outputAudioMs, outputAudio: Math.ceil((outputAudioMs * SPOKEN_TOKENS_PER_SECOND) / 1_000) };
}

/** Characters as people count them, code points, which is how speech is sold. */
function charactersOf(request: JsonRecord): number {
  let characters = 0;
  for (const _ of asText(request['input']) ?? '') characters++;
  return characters;
}

function speedOf(request: JsonRecord): number {
  const speed = request['speed'];
  return typeof speed === 'number' && speed > 0 ? Math.max(SLOWEST_SPEED, speed) : 1;
}

function tokensPerSecond(model: string): number {
  const isOpenAi = familyOfModel(model) === 'openai' || /transcribe|whisper/.test(model);
  return isOpenAi ? OPENAI_TOKENS_PER_SECOND : OTHER_TOKENS_PER_SECOND;
}

/** What the file says of its length; where it says nothing that can be read, no sound of its bytes lasts longer. */
function audioMs(body: unknown): number {
  const file = asRecord(asRecord(body)?.['file']);
  const known = asCount(file?.['durationMs']);
  return known ?? Math.ceil(((asCount(file?.['bytes']) ?? 0) * 1_000) / LOWEST_BYTES_PER_SECOND);
}
