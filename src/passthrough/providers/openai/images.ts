import { asRecord, asText } from '../../../domain/metering/json';
import { answeredImages } from '../../../domain/metering/image-usage';
import { imageStreamMeter } from '../../../domain/metering/media-streams';
import type { CallRequest, Operation } from '../provider';
import type { BodyReader } from '../read-body';
import { sseEvent } from '../wire-error';
import { editForm } from './form-edits';
import { openAiErrorBody } from './error';
import { mediaCall, mediaReading, prepareMedia } from './media-call';
import type { OpenAiOperation } from './operation';

/** https://platform.openai.com/docs/api-reference/images/create#images-create-n */
const MAX_IMAGES = 10;
const MAX_PARTIAL_IMAGES = 3;

const shared = {
  boundFormat: 'openai-images',
  prepare: prepareMedia,
  readResponse: (json, text, asked) =>
    mediaReading(answeredImages(json, asked, text), asRecord(json)?.['model']),
  streamMeter: ({ asked }) => imageStreamMeter(asked),
  streamError: (error) => sseEvent('error', { type: 'error', ...openAiErrorBody(error) }),
} satisfies Partial<OpenAiOperation>;

/** Pictures of a text: https://platform.openai.com/docs/api-reference/images/create. */
export const imageGenerations: OpenAiOperation = {
  ...shared,
  path: '/images/generations',
  read(operation, reader) {
    reader.requiredText('prompt');
    return readImages(operation, reader);
  },
};

/** Pictures after others: https://platform.openai.com/docs/api-reference/images/createEdit. */
export const imageEdits: OpenAiOperation = {
  ...shared,
  path: '/images/edits',
  prepareForm: editForm,
  read(operation, reader) {
    reader.requiredText('prompt');
    const { image, images } = reader.body;
    if ((image ?? images ?? null) === null)
      reader.refuse('image', '"image" is required: send a form with the file.');
    return readImages(operation, reader);
  },
};

/** Pictures like another: https://platform.openai.com/docs/api-reference/images/createVariation. */
export const imageVariations: OpenAiOperation = {
  ...shared,
  path: '/images/variations',
  prepareForm: editForm,
  read(operation, reader) {
    if (asRecord(reader.body['image']) === null)
      reader.refuse('image', '"image" is required: send a form with the file.');
    return readImages(operation, reader);
  },
};

function readImages(operation: Operation, reader: BodyReader): CallRequest {
  reader.count('partial_images', MAX_PARTIAL_IMAGES, 0);
  const size = reader.body['size'] ?? null;
  if (size !== null && (asText(size) === null || !/^(auto|\d{2,5}x\d{2,5})$/.test(asText(size) ?? '')))
    reader.refuse('size', '"size" must be "auto" or a width and a height in pixels, such as "1024x1024".');
  return mediaCall(operation, reader, {
    stream: reader.flag('stream'),
    answers: reader.count('n', MAX_IMAGES) ?? 1,
  });
}
