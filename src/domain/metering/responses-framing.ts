import { maxAudioTokens } from './audio-tokens';
import { imageSizeOfBase64 } from './image-size';
import { imageTokens } from './image-tokens';
import { asArray, asRecord, asText, type JsonRecord } from './json';
import { familyOfModel, type ModelFamily } from './model-family';
import { walkStrings } from './walk';

/** As for messages of chat completions: https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken. */
const PER_ITEM = 3;

/** What to count of a Responses request besides its tools: texts, and tokens of frames and media. */
export function responsesInput(request: JsonRecord, model: string): { texts: string[]; framing: number } {
  const plan: Plan = { texts: [], framing: 0, family: familyOfModel(model), model };
  for (const name of ['instructions', 'input'] as const) {
    const text = asText(request[name]);
    if (text !== null) plan.texts.push(text);
    plan.framing += PER_ITEM;
  }
  for (const item of [...asArray(request['instructions']), ...asArray(request['input'])]) {
    plan.framing += PER_ITEM;
    addItem(plan, asRecord(item) ?? {});
  }
  const format = asRecord(asRecord(request['text'])?.['format']);
  if (format?.['type'] === 'json_schema') walkStrings(format, (text) => plan.texts.push(text));
  return { texts: plan.texts, framing: plan.framing };
}

interface Plan {
  readonly texts: string[];
  framing: number;
  readonly family: ModelFamily;
  readonly model: string;
}

function addItem(plan: Plan, item: JsonRecord): void {
  if (item['type'] === 'computer_call_output') {
    addPart(plan, { ...asRecord(item['output']), type: 'input_image' });
    return;
  }
  // `encrypted_content` hides fewer tokens than it has bytes; how many is not known, and a quarter is a fair guess.
  plan.framing += Math.ceil((asText(item['encrypted_content'])?.length ?? 0) / 4);
  for (const name of ['role', 'content', 'name', 'arguments', 'output', 'input', 'code'] as const) {
    const text = asText(item[name]);
    if (text !== null && text !== '') plan.texts.push(text);
  }
  const parts = [...asArray(item['content']), ...asArray(item['output']), ...asArray(item['summary'])];
  for (const part of parts) addPart(plan, asRecord(part) ?? {});
  for (const name of ['action', 'operation'] as const)
    walkStrings(item[name], (text) => plan.texts.push(text));
}

function addPart(plan: Plan, part: JsonRecord): void {
  if (part['type'] === 'input_image') {
    const base64 = /^data:[^,]*;base64,(.*)$/s.exec(asText(part['image_url']) ?? '')?.[1];
    const size = base64 === undefined ? null : imageSizeOfBase64(base64);
    plan.framing += imageTokens(plan.family, plan.model, size, asText(part['detail']));
  } else if (part['type'] === 'input_audio') {
    plan.framing += maxAudioTokens(asText(asRecord(part['input_audio'])?.['data']) ?? '');
  } else {
    for (const name of ['text', 'refusal', 'stdout', 'stderr'] as const) {
      const text = asText(part[name]);
      if (text !== null && text !== '') plan.texts.push(text);
    }
  }
}
