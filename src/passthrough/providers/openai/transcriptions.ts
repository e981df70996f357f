import { asRecord, asText } from '../../../domain/metering/json';
import { transcriptStreamMeter } from '../../../domain/metering/media-streams';
import { normaliseTranscription } from '../../../domain/metering/transcription-usage';
import { sseEvent } from '../wire-error';
import { editForm } from './form-edits';
import { openAiErrorBody } from './error';
import { mediaCall, mediaReading, prepareMedia } from './media-call';
import type { OpenAiOperation } from './operation';

/** What was said, written down: https://platform.openai.com/docs/api-reference/audio/createTranscription. */
export const transcriptions: OpenAiOperation = {
  path: '/audio/transcriptions',
  boundFormat: 'openai-transcription',
  // `response_format` may ask for plain text and for subtitles.
  answersWith: 'TEXT',
  prepareForm: editForm,
  read(operation, reader) {
    if (asRecord(reader.body['file']) === null)
      reader.refuse('file', '"file" is required: send a form (multipart/form-data) with one sound file.');
    return mediaCall(operation, reader, { stream: reader.flag('stream'), answers: 1 });
  },
  prepare: prepareMedia,
  readResponse(json, text) {
    const answer = asRecord(json);
    const said = answer === null ? text : asText(answer['text']);
    return mediaReading(normaliseTranscription(json, text), answer?.['model'], [said ?? '']);
  },
  streamMeter: transcriptStreamMeter,
  streamError: (error) => sseEvent(null, { type: 'error', ...openAiErrorBody(error) }),
};

/** The same in English: https://platform.openai.com/docs/api-reference/audio/createTranslation. */
export const translations: OpenAiOperation = { ...transcriptions, path: '/audio/translations' };
