/** What the mock answers, always the same: the requests' cost is then known to the last digit. */
export const MODEL = 'bench-model';
export const INPUT_TOKENS = 9;
export const OUTPUT_TOKENS = 12;

const ID = 'chatcmpl-bench';
const CREATED = 1_764_000_000;
const WORDS = ['Hello', '!', ' How', ' can', ' I', ' help', ' you', ' with', ' your', ' work', ' today', '?'];
const USAGE = {
  prompt_tokens: INPUT_TOKENS,
  completion_tokens: OUTPUT_TOKENS,
  total_tokens: INPUT_TOKENS + OUTPUT_TOKENS,
};

export const JSON_ANSWER = Buffer.from(
  JSON.stringify({
    id: ID,
    object: 'chat.completion',
    created: CREATED,
    model: MODEL,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: WORDS.join(''), refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: USAGE,
  }),
);

/** The events of a streamed answer, as OpenAI sends them; the usage event only where the request asked for it. */
export function streamedAnswer(includeUsage: boolean): Buffer[] {
  const events = [
    chunk({ role: 'assistant', content: '' }, null),
    ...WORDS.map((word) => chunk({ content: word }, null)),
    chunk({}, 'stop'),
  ];
  if (includeUsage) events.push(event({ choices: [], usage: USAGE }));
  return [...events, Buffer.from('data: [DONE]\n\n')];
}

function chunk(delta: object, finishReason: string | null): Buffer {
  return event({ choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] });
}

function event(fields: object): Buffer {
  const data = { id: ID, object: 'chat.completion.chunk', created: CREATED, model: MODEL, ...fields };
  return Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
}
