import {
  candidateTexts,
  geminiTier,
  groundingOf,
  usageOfGemini,
} from '../../../domain/metering/gemini-answer';
import { eitherSpelling } from '../../../domain/metering/gemini-json';
import { asArray, asRecord, asText } from '../../../domain/metering/json';
import { candidatesOf } from '../../../domain/metering/request-bound-gemini';
import { memberText, nestedEdit, scanObject, spliceTopLevel } from '../../../domain/metering/splice-json';
import { DeliveredText } from '../../../domain/metering/stream-meter';
import type { CallRequest, Operation, RequestEdits, ResponseReading } from '../provider';
import { readMetadata, readTags, type BodyReader } from '../read-body';
import { PROXY_MEMBERS, type GeminiOperation } from './gemini-operation';
import { configOf, googleCount, refuseTwoSpellings, spellingIn } from './google-body';

const MEMBERS = [
  'generationConfig',
  'systemInstruction',
  'cachedContent',
  'safetySettings',
  'toolConfig',
  'serviceTier',
];
const CONFIG_MEMBERS = ['maxOutputTokens', 'candidateCount', 'thinkingConfig'];

/** https://ai.google.dev/api/generate-content#method:-models.generatecontent */
export const generateContent: GeminiOperation = {
  method: 'generateContent',
  boundFormat: 'gemini-generate',
  read,
  prepare,
  readResponse,
};

/** The same, its answer in pieces. */
export const streamGenerateContent: GeminiOperation = { ...generateContent, method: 'streamGenerateContent' };

function read(operation: Operation, model: string, reader: BodyReader): CallRequest {
  const { body } = reader;
  reader.present('contents');
  const config = configOf(body, 'generationConfig');
  refuseTwoSpellings(reader, body, MEMBERS);
  refuseTwoSpellings(reader, config, CONFIG_MEMBERS);
  const thinking = config && configOf(config, 'thinkingConfig');
  refuseTwoSpellings(reader, thinking, ['thinkingBudget']);
  // Minus one leaves it to the model.
  googleCount(reader, thinking, 'thinkingBudget', -1);
  googleCount(reader, config, 'candidateCount');
  return {
    operation,
    model,
    stream: operation === 'streamGenerateContent',
    includeUsage: true,
    outputBound: googleCount(reader, config, 'maxOutputTokens'),
    answers: candidatesOf(body),
    endUser: null,
    tags: readTags(body),
    metadata: readMetadata(body),
    serviceTier: asText(eitherSpelling(body, 'serviceTier'))?.toLowerCase() ?? null,
  };
}

/** What was read of the configuration is written over every place where the body has it. */
function prepare(call: CallRequest, text: string, edits: RequestEdits): string {
  const body = scanObject(text);
  const name = spellingIn(text, 'generationConfig');
  const config = memberText(body, name);
  const set: Record<string, string> = {};
  const bound = edits.outputBound ?? call.outputBound;
  const inner = config === 'null' ? null : config;
  if (bound !== null) set[spellingIn(inner, 'maxOutputTokens')] = String(bound);
  if (call.answers > 1) set[spellingIn(inner, 'candidateCount')] = String(call.answers);
  return spliceTopLevel(body, { set: { ...nestedEdit(body, name, { set }) }, remove: PROXY_MEMBERS });
}

function readResponse(json: unknown): ResponseReading {
  const response = asRecord(json);
  const candidates = asArray(response?.['candidates']).map(asRecord);
  const model = asText(response?.['modelVersion']);
  const delivered = new DeliveredText();
  for (const candidate of candidates) delivered.add(candidateTexts(candidate));
  const finishReasons = candidates.map((candidate) => asText(candidate?.['finishReason']));
  return {
    usage: usageOfGemini(response?.['usageMetadata'], groundingOf(candidates, model ?? '')),
    delivered: delivered.read(),
    model,
    serviceTier: geminiTier(response?.['usageMetadata']),
    finishReason: finishReasons.find((reason) => reason !== null) ?? null,
  };
}
