import { asArray, asRecord, asText, type JsonRecord } from '../../../domain/metering/json';
import type { SseEvent } from '../../../domain/metering/sse';
import { parseData } from '../../../domain/metering/stream-meter';
import { choiceTexts } from '../../../domain/metering/stream-meter-openai';
import { RunningText, type CutUsage, type StreamCut } from '../stream-cut';
import { sseEvent } from '../wire-error';

/**
 * Ends a stream of chat completions or completions as OpenAI does at `max_tokens`: a chunk with `finish_reason` "length",
 * the usage if it was asked for, and [DONE] (https://platform.openai.com/docs/api-reference/chat/streaming).
 */
export class OpenAiCut implements StreamCut {
  readonly text = new RunningText();
  private last: JsonRecord = {};

  constructor(
    private readonly isChat: boolean,
    private readonly includeUsage: boolean,
  ) {}

  see(event: SseEvent): void {
    const chunk = event.data === null ? null : asRecord(parseData(event.data));
    if (!chunk) return;
    this.last = chunk;
    this.text.add(asArray(chunk['choices']).flatMap((choice) => choiceTexts(asRecord(choice))));
  }

  end({ inputTokens, outputTokens }: CutUsage): Buffer {
    const { id, object, created, model } = this.last;
    const chunk = { id: asText(id) ?? '', object, created, model };
    const choice = { index: 0, ...(this.isChat ? { delta: {} } : { text: '' }), finish_reason: 'length' };
    const usage = {
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    };
    return Buffer.concat([
      sseEvent(null, { ...chunk, choices: [choice] }),
      ...(this.includeUsage ? [sseEvent(null, { ...chunk, choices: [], usage })] : []),
      Buffer.from('data: [DONE]\n\n'),
    ]);
  }
}
