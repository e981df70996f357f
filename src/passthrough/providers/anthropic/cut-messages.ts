import { asRecord, asText, type JsonRecord } from '../../../domain/metering/json';
import type { SseEvent } from '../../../domain/metering/sse';
import { parseData } from '../../../domain/metering/stream-meter';
import { deltaTexts, startTexts } from '../../../domain/metering/stream-meter-anthropic';
import { RunningText, type CutUsage, type StreamCut } from '../stream-cut';
import { sseEvent } from '../wire-error';

/**
 * Ends a stream of Messages as Anthropic does at `max_tokens`: the open block is closed, then come `message_delta` with
 * `stop_reason` "max_tokens" and `message_stop` (https://platform.claude.com/docs/en/build-with-claude/streaming).
 */
export class MessagesCut implements StreamCut {
  readonly text = new RunningText();
  private openBlock: number | null = null;

  see(event: SseEvent): void {
    const message = event.data === null ? null : asRecord(parseData(event.data));
    const type = asText(message?.['type']);
    if (type === 'content_block_start') {
      this.openBlock = indexOf(message);
      this.text.add(startTexts(asRecord(message?.['content_block'])));
    } else if (type === 'content_block_delta') this.text.add(deltaTexts(asRecord(message?.['delta'])));
    else if (type === 'content_block_stop') this.openBlock = null;
  }

  end({ outputTokens }: CutUsage): Buffer {
    const events = [
      ...(this.openBlock === null ? [] : [{ type: 'content_block_stop', index: this.openBlock }]),
      {
        type: 'message_delta',
        delta: { stop_reason: 'max_tokens', stop_sequence: null },
        usage: { output_tokens: outputTokens },
      },
      { type: 'message_stop' },
    ];
    return Buffer.concat(events.map((data) => sseEvent(data.type, data)));
  }
}

function indexOf(message: JsonRecord | null): number {
  const index = message?.['index'];
  return typeof index === 'number' ? index : 0;
}
