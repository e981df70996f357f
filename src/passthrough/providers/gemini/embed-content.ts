import { usageOfGemini } from '../../../domain/metering/gemini-answer';
import { asArray, asRecord, asText } from '../../../domain/metering/json';
import { scanObject, spliceTopLevel } from '../../../domain/metering/splice-json';
import { DeliveredText } from '../../../domain/metering/stream-meter';
import type { CallRequest, Operation, RequestEdits, ResponseReading } from '../provider';
import { readMetadata, readTags, type BodyReader } from '../read-body';
import { PROXY_MEMBERS, type GeminiOperation } from './gemini-operation';

const shared = { boundFormat: 'gemini-embed', readResponse } satisfies Partial<GeminiOperation>;

/** https://ai.google.dev/api/embeddings#method:-models.embedcontent */
export const embedContent: GeminiOperation = {
  ...shared,
  method: 'embedContent',
  read(operation, model, reader) {
    reader.present('content');
    return readRequest(operation, model, reader);
  },
  prepare: (_call, text) => spliceTopLevel(scanObject(text), { remove: PROXY_MEMBERS }),
};

/** https://ai.google.dev/api/embeddings#method:-models.batchembedcontents */
export const batchEmbedContents: GeminiOperation = {
  ...shared,
  method: 'batchEmbedContents',
  read(operation, model, reader) {
    for (const each of reader.list('requests')) {
      const named = asText(asRecord(each)?.['model']);
      if (named !== null && bare(named) !== bare(model)) {
        reader.refuse('requests', `Each request must name the model of the path, "models/${model}".`);
      }
    }
    return readRequest(operation, model, reader);
  },
  prepare: prepareBatch,
};

function readRequest(operation: Operation, model: string, { body }: BodyReader): CallRequest {
  return {
    operation,
    model,
    stream: false,
    includeUsage: true,
    outputBound: null,
    answers: 1,
    endUser: null,
    tags: readTags(body),
    metadata: readMetadata(body),
    serviceTier: null,
  };
}

/** Each request names the model once more, and Google insists on its being the path's. */
function prepareBatch(_call: CallRequest, text: string, { model }: RequestEdits): string {
  const parsed = asRecord(JSON.parse(text));
  const requests = asArray(parsed?.['requests']).map((each) => ({
    ...asRecord(each),
    model: `models/${bare(model ?? '')}`,
  }));
  return spliceTopLevel(scanObject(text), {
    set: { requests: JSON.stringify(requests) },
    remove: PROXY_MEMBERS,
  });
}

function bare(model: string): string {
  return model.replace(/^models\//, '');
}

/** Older models tell no usage; it is then counted here. */
function readResponse(json: unknown): ResponseReading {
  const usage = usageOfGemini(asRecord(json)?.['usageMetadata'], {});
  return {
    usage,
    delivered: new DeliveredText().read(),
    model: null,
    serviceTier: null,
    finishReason: null,
  };
}
