import { countedImages, normaliseImageUsage } from './image-usage';
import { asText } from './json';
import { normaliseOpenAiUsage } from './openai-usage';
import { EventStreamMeter, type EventRules } from './stream-meter-events';
import type { StreamMeter } from './stream-meter';
import { normaliseTranscription } from './transcription-usage';

/** `image_generation.*` and `image_edit.*`: https://platform.openai.com/docs/api-reference/images-streaming. */
export function imageStreamMeter(asked: unknown): StreamMeter {
  const rules: EventRules = {
    ends: /^image_(generation|edit)\.completed$/,
    media: /^image_(generation|edit)\.(partial_image|completed)$/,
    texts: () => [],
    usage: (event, text) => {
      const tokens = normaliseImageUsage(event['usage'], text);
      const usage = { ...tokens?.usage, ...countedImages(1, event['size'], asked) };
      const plain = { raw: null, reconciles: true, issues: [], reportedCostUsd: null };
      return { ...(tokens ?? plain), usage };
    },
  };
  return new EventStreamMeter(rules);
}

const SPEECH: EventRules = {
  ends: /^speech\.audio\.done$/,
  media: /^speech\.audio\.delta$/,
  texts: () => [],
  usage: (event, text) => {
    const tokens = normaliseOpenAiUsage(event['usage'], text);
    if (tokens?.usage.outputText === undefined || tokens.usage.outputAudio !== undefined) return tokens;
    // All that a speaking model puts out is sound.
    const { outputText, ...others } = tokens.usage;
    return { ...tokens, usage: { ...others, outputAudio: outputText } };
  },
};

/** `speech.audio.*`: https://platform.openai.com/docs/api-reference/audio. */
export function speechStreamMeter(): StreamMeter {
  return new EventStreamMeter(SPEECH);
}

const TRANSCRIPT: EventRules = {
  ends: /^transcript\.text\.done$/,
  media: /^$/,
  texts: (event) => (event['type'] === 'transcript.text.delta' ? [asText(event['delta']) ?? ''] : []),
  usage: (event, text) => normaliseTranscription(event, text),
};

/** `transcript.text.*`: the same page. */
export function transcriptStreamMeter(): StreamMeter {
  return new EventStreamMeter(TRANSCRIPT);
}
