import { eitherSpelling } from './gemini-json';
import { imageTokens } from './image-tokens';
import { asArray, asRecord, asText, type JsonRecord } from './json';
import { turnsOf } from './request-bound-gemini';
import { walkStrings } from './walk';

/** Google publishes no framing; a few tokens a turn is what others need. */
const PER_TURN = 4;

/** The texts of a request to generate content or to embed it, and what stands for its pictures. */
export function geminiPlan(request: JsonRecord, model: string): { texts: string[]; framing: number } {
  const texts: string[] = [];
  let framing = 0;
  const embedded = [request, ...asArray(request['requests']).map(asRecord)].map((each) => each?.['content']);
  const system = eitherSpelling(request, 'systemInstruction');
  const turns = [...turnsOf(request['contents']), ...[system, ...embedded].map(asRecord)];
  for (const turn of turns.filter((each) => each !== null)) {
    framing += PER_TURN;
    for (const part of turnsOf(turn['parts'])) framing += addPart(part, texts, model);
  }
  for (const tool of asArray(request['tools'])) {
    walkStrings(eitherSpelling(asRecord(tool), 'functionDeclarations'), (text) => texts.push(text));
  }
  return { texts, framing };
}

function addPart(part: JsonRecord | null, texts: string[], model: string): number {
  const text = asText(part?.['text']);
  if (text !== null && text !== '') texts.push(text);
  for (const name of ['functionCall', 'functionResponse']) {
    walkStrings(eitherSpelling(part, name), (word) => texts.push(word));
  }
  const inline = asRecord(eitherSpelling(part, 'inlineData'));
  const isImage = asText(eitherSpelling(inline, 'mimeType'))?.startsWith('image/') === true;
  return isImage ? imageTokens('google', model, null, null) : 0;
}
