import { MODEL } from './mock-provider/answers';

const BODY = {
  model: MODEL,
  messages: [
    { role: 'system', content: 'You are a helpful assistant.' },
    { role: 'user', content: 'Hello! What can you do for me today?' },
  ],
  max_tokens: 64,
};

/** What every target is sent: a short chat, the same for all. */
export const CHAT = JSON.stringify(BODY);
export const STREAMED_CHAT = JSON.stringify({
  ...BODY,
  stream: true,
  stream_options: { include_usage: true },
});
