import type { BoundParts } from './bound-parts';
import type { ImageCount } from './image-tokens';
import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';

const PER_MESSAGE = 8;
const PER_TOOL = 16;
/** Priming, and the hidden prompts of tools: Claude's takes up to 530 tokens, those of others are not published. */
const BASE = 1_024;
/** Blocks whose bytes say neither how many pages nor how many seconds they have. */
const UNTIMED = ['document', 'video', 'audio'] as const;

/** Bounds a Converse request (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html). */
export function converseBound(body: unknown, image: ImageCount): BoundParts {
  const request = asRecord(body) ?? {};
  const media = new ConverseMedia(image);
  const messages = asArray(request['messages']);
  const tools = asArray(asRecord(request['toolConfig'])?.['tools']);
  media.addBlocks([
    ...asArray(request['system']),
    ...messages.flatMap((message) => asArray(asRecord(message)?.['content'])),
  ]);
  // A stored prompt is called by its name, with what fills its blanks.
  if (asRecord(request['promptVariables'])) media.notes.push('prompt');
  for (const tool of tools)
    if (asRecord(tool)?.['systemTool'] !== undefined) media.notes.push('tool systemTool');
  return {
    mediaBytes: media.bytes,
    addedTokens: media.tokens + PER_MESSAGE * messages.length + PER_TOOL * tools.length + BASE,
    outputTokens: asCount(asRecord(request['inferenceConfig'])?.['maxTokens']),
    outputs: 1,
    unbounded: media.notes,
  };
}

class ConverseMedia {
  bytes = 0;
  tokens = 0;
  readonly notes: string[] = [];

  constructor(private readonly image: ImageCount) {}

  addBlocks(blocks: readonly unknown[]): void {
    const stack = [...blocks];
    while (stack.length > 0) {
      const block = asRecord(stack.pop());
      if (!block) continue;
      const image = asRecord(block['image']);
      if (image) this.addImage(asRecord(image['source']));
      for (const kind of UNTIMED) if (asRecord(block[kind])) this.notes.push(`inline ${kind}`);
      stack.push(...asArray(asRecord(block['toolResult'])?.['content']));
      const guarded = asRecord(block['guardContent']);
      if (guarded) stack.push(guarded);
    }
  }

  /** Wherever it is, an image takes no more tokens than the largest. */
  private addImage(source: JsonRecord | null): void {
    const data = asText(source?.['bytes']);
    this.tokens += this.image(data ?? undefined, null);
    if (data !== null) this.bytes += data.length;
  }
}
