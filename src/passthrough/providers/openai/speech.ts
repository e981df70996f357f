import { speechStreamMeter } from '../../../domain/metering/media-streams';
import { sseEvent } from '../wire-error';
import { openAiErrorBody } from './error';
import { mediaCall, mediaReading, prepareMedia } from './media-call';
import type { OpenAiOperation } from './operation';

/** https://platform.openai.com/docs/api-reference/audio/createSpeech#audio-createspeech-speed */
const MIN_SPEED = 0.25;
const MAX_SPEED = 4;

/** A text spoken: https://platform.openai.com/docs/api-reference/audio/createSpeech. The answer is a sound file. */
export const speech: OpenAiOperation = {
  path: '/audio/speech',
  boundFormat: 'openai-speech',
  answersWith: 'BYTES',
  read(operation, reader) {
    reader.requiredText('input');
    const speed = reader.body['speed'] ?? 1;
    if (typeof speed !== 'number' || speed < MIN_SPEED || speed > MAX_SPEED)
      reader.refuse('speed', `"speed" must be a number from ${MIN_SPEED} to ${MAX_SPEED}.`);
    return mediaCall(operation, reader, { stream: reader.body['stream_format'] === 'sse', answers: 1 });
  },
  prepare: prepareMedia,
  readResponse: () => mediaReading(null, null),
  streamMeter: speechStreamMeter,
  streamError: (error) => sseEvent(null, { type: 'error', ...openAiErrorBody(error) }),
};
