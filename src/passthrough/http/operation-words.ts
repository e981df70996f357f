import type { Operation } from '../providers/provider';

/** What an operation does, in the words of its provider's reference. */
export interface OperationWords {
  readonly summary: string;
  readonly reference: string;
  /** Members without which the provider refuses a body that names its model. */
  readonly required: readonly string[];
  /** A form with files, in place of JSON. */
  readonly isForm?: boolean;
  readonly canStream?: boolean;
  /** The media type of the answer. Default: JSON. */
  readonly answer?: string;
}

const OPENAI = 'https://platform.openai.com/docs/api-reference';
const GEMINI = 'https://ai.google.dev/api';
const BEDROCK = 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime';
const COHERE = 'https://docs.cohere.com/reference';
const AWS_EVENTS = 'application/vnd.amazon.eventstream';

/** By wire format. Which paths they have is the format's own to say. */
export const OPERATION_WORDS: Readonly<Record<string, Readonly<Partial<Record<Operation, OperationWords>>>>> =
  {
    openai: {
      chat: {
        ...{ summary: 'Chat completion', reference: `${OPENAI}/chat/create` },
        ...{ required: ['model', 'messages'], canStream: true },
      },
      responses: {
        ...{ summary: 'Response', reference: `${OPENAI}/responses/create` },
        ...{ required: ['model', 'input'], canStream: true },
      },
      completions: {
        ...{ summary: 'Text completion', reference: `${OPENAI}/completions/create` },
        ...{ required: ['model', 'prompt'], canStream: true },
      },
      embeddings: {
        ...{ summary: 'Embeddings', reference: `${OPENAI}/embeddings/create` },
        required: ['model', 'input'],
      },
      batch: {
        ...{ summary: 'Batch', reference: `${OPENAI}/batch/create` },
        required: ['input_file_id', 'endpoint', 'completion_window'],
      },
      moderations: {
        ...{ summary: 'Moderation', reference: `${OPENAI}/moderations/create`, required: ['input'] },
      },
      imageGenerations: {
        ...{ summary: 'Pictures from a text', reference: `${OPENAI}/images/create`, required: ['prompt'] },
      },
      imageEdits: {
        ...{ summary: 'Pictures from pictures and a text', reference: `${OPENAI}/images/createEdit` },
        ...{ required: ['image', 'prompt'], isForm: true },
      },
      imageVariations: {
        ...{ summary: 'Variations of a picture', reference: `${OPENAI}/images/createVariation` },
        ...{ required: ['image'], isForm: true },
      },
      speech: {
        ...{ summary: 'Speech from a text', reference: `${OPENAI}/audio/createSpeech` },
        ...{ required: ['model', 'input', 'voice'], answer: 'audio/mpeg' },
      },
      transcriptions: {
        ...{ summary: 'Text of a recording', reference: `${OPENAI}/audio/createTranscription` },
        ...{ required: ['model', 'file'], isForm: true },
      },
      translations: {
        ...{ summary: 'English text of a recording', reference: `${OPENAI}/audio/createTranslation` },
        ...{ required: ['model', 'file'], isForm: true },
      },
    },
    anthropic: {
      messages: {
        ...{ summary: 'Message', reference: 'https://docs.anthropic.com/en/api/messages' },
        ...{ required: ['model', 'max_tokens', 'messages'], canStream: true },
      },
    },
    cohere: {
      chat: {
        ...{ summary: 'Chat in the form of Cohere', reference: `${COHERE}/chat` },
        ...{ required: ['model', 'messages'], canStream: true },
      },
      rerank: {
        ...{ summary: 'Ranking of documents, first version', reference: `${COHERE}/v1/rerank` },
        required: ['model', 'query', 'documents'],
      },
      rerankV2: {
        ...{ summary: 'Ranking of documents', reference: `${COHERE}/rerank` },
        required: ['model', 'query', 'documents'],
      },
    },
    gemini: {
      generateContent: {
        ...{ summary: 'Content', reference: `${GEMINI}/generate-content`, required: ['contents'] },
      },
      streamGenerateContent: {
        ...{
          summary: 'Content, streamed',
          reference: `${GEMINI}/generate-content#method:-models.streamgeneratecontent`,
        },
        ...{ required: ['contents'], canStream: true },
      },
      embedContent: {
        ...{ summary: 'Embedding', reference: `${GEMINI}/embeddings`, required: ['content'] },
      },
      batchEmbedContents: {
        ...{ summary: 'Embeddings', reference: `${GEMINI}/embeddings`, required: ['requests'] },
      },
    },
    bedrock: {
      converse: { summary: 'Converse', reference: `${BEDROCK}_Converse.html`, required: ['messages'] },
      converseStream: {
        ...{ summary: 'Converse, streamed', reference: `${BEDROCK}_ConverseStream.html` },
        ...{ required: ['messages'], answer: AWS_EVENTS },
      },
      invoke: { summary: 'Invoke a model', reference: `${BEDROCK}_InvokeModel.html`, required: [] },
      invokeStream: {
        ...{
          summary: 'Invoke a model, streamed',
          reference: `${BEDROCK}_InvokeModelWithResponseStream.html`,
        },
        ...{ required: [], answer: AWS_EVENTS },
      },
    },
  };
