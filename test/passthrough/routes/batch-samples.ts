import { OPENAI_BASES } from '../../../src/passthrough/http/openai-page';
import { answeredLine } from '../../support/batch-provider';
import { formOf } from '../../support/form';
import { json, type Behaviour } from '../../support/upstream';
import type { RouteSample } from './route-sample';

const model = 'sample-gpt';
const url = '/v1/chat/completions';
const body = { model, max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] };

/** A provider that has every batch done when it is asked for. */
const answerBatches: Behaviour = ({ method, path }, response) => {
  const [, , what = '', id = '', below = ''] = path.split('/');
  const name = `${what}-${String(process.hrtime.bigint())}`;
  if (what === 'files' && method === 'POST') json(response, 200, { id: name, object: 'file' });
  else if (below === 'content') {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.end(answeredLine('r1', { prompt_tokens: 10, completion_tokens: 5 }, 'upstream-gpt'));
  } else if (what === 'files') json(response, 200, { id, object: 'file' });
  else if (method === 'POST') json(response, 200, { id: name, object: 'batch', status: 'validating' });
  else json(response, 200, { id, object: 'batch', status: 'completed', output_file_id: `output-${id}` });
};

async function prepare(server: string, secret: string): Promise<unknown> {
  const line = JSON.stringify({ custom_id: 'r1', method: 'POST', url, body });
  const form = formOf([
    ['purpose', 'batch'],
    ['file', Buffer.from(line), 'in.jsonl', 'application/jsonl'],
  ]);
  const response = await fetch(`${server}/v1/files`, {
    method: 'POST',
    headers: { 'content-type': form.contentType, authorization: `Bearer ${secret}` },
    body: new Uint8Array(form.body),
  });
  const { id } = (await response.json()) as { id: string };
  return { input_file_id: id, endpoint: url, completion_window: '24h' };
}

export const BATCH_SAMPLES: readonly RouteSample[] = OPENAI_BASES.map((base) => ({
  ...{ route: `POST ${base}/batches`, model, body: {}, prepare, answer: answerBatches },
}));

const CHARGED_AT_ITS_END = 'a batch is billed once, by its results';
const KEPT_FOR_NOTHING = 'keeping and reading files is free of charge';

export const BATCH_FREE_ROUTES: Readonly<Record<string, string>> = Object.fromEntries(
  OPENAI_BASES.flatMap((base) => [
    [`GET ${base}/batches`, CHARGED_AT_ITS_END],
    [`GET ${base}/batches/:id`, CHARGED_AT_ITS_END],
    [`POST ${base}/batches/:id/cancel`, CHARGED_AT_ITS_END],
    [`POST ${base}/files`, KEPT_FOR_NOTHING],
    [`GET ${base}/files`, KEPT_FOR_NOTHING],
    [`GET ${base}/files/:id`, KEPT_FOR_NOTHING],
    [`GET ${base}/files/:id/content`, KEPT_FOR_NOTHING],
    [`DELETE ${base}/files/:id`, KEPT_FOR_NOTHING],
  ]),
);
