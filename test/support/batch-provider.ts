import type { ServerResponse } from 'node:http';
import { partsOf } from './form';
import { json, startUpstream, type FakeUpstream, type UpstreamCall } from './upstream';

interface StoredFile {
  readonly id: string;
  readonly purpose: string;
  readonly text: string;
}

export interface ProvidersBatch {
  id: string;
  object: 'batch';
  status: string;
  input_file_id: string;
  endpoint: string;
  completion_window: string;
  created_at: number;
  completed_at: number | null;
  output_file_id: string | null;
  error_file_id: string | null;
  errors: unknown;
  metadata: Record<string, string> | null;
  request_counts: { total: number; completed: number; failed: number };
}

/** How a batch ends: lines of its result file and of its error file, as text. */
export interface BatchEnd {
  readonly status?: string;
  readonly results?: readonly string[];
  readonly errors?: readonly string[];
  readonly completed?: number;
  readonly problem?: string;
}

/** What `POST /v1/batches` does besides making a batch: CUT makes it and says nothing, DROP does neither. */
export type SubmitBehaviour = 'ANSWER' | 'CUT' | 'DROP' | 'REFUSE';

/** A provider on the loopback with files and batches that behave like OpenAI's. A batch ends when the test says so. */
export class BatchProvider {
  readonly files = new Map<string, StoredFile>();
  readonly batches = new Map<string, ProvidersBatch>();
  submits: SubmitBehaviour = 'ANSWER';
  /** Whether contents of files are given out. */
  givesContent = true;
  private next = 1;

  private constructor(
    readonly upstream: FakeUpstream,
    private readonly prefix: string,
  ) {
    upstream.behave((call, response) => {
      this.answer(call, response);
    });
  }

  static async start(prefix = ''): Promise<BatchProvider> {
    return new BatchProvider(await startUpstream(), prefix);
  }

  /** Requests that reached it and are more than a look, such as "POST /v1/batches". */
  get asked(): string[] {
    const calls = this.upstream.calls.filter(({ method }) => method !== 'GET');
    return calls.map(({ method, path }) => `${method} ${path}`);
  }

  end(id: string, { status = 'completed', results, errors, completed, problem }: BatchEnd): void {
    const batch = this.batches.get(id);
    if (batch === undefined) throw new Error(`There is no batch ${id}.`);
    const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
    batch.output_file_id = results === undefined ? null : this.keep('batch_output', text(results)).id;
    batch.error_file_id = errors === undefined ? null : this.keep('batch_output', text(errors)).id;
    batch.request_counts.completed = completed ?? results?.length ?? 0;
    batch.errors = problem === undefined ? null : { object: 'list', data: [{ message: problem }] };
    batch.completed_at = batch.created_at + 60;
    batch.status = status;
  }

  /** The requests of a file as they came. */
  lines(fileId: string): { body: Record<string, unknown> }[] {
    const text = this.files.get(fileId)?.text.trim() ?? '';
    return text.split('\n').map((line) => JSON.parse(line) as { body: Record<string, unknown> });
  }

  answer(call: UpstreamCall, response: ServerResponse): void {
    const [path = '', search = ''] = call.path.split('?');
    const [what = '', id = '', below = ''] = path.replace('/v1/', '').split('/');
    if (what === 'files') this.answerFiles(call, id, below, response);
    else if (id === '' && call.method === 'POST') this.submit(call, response);
    else if (id === '') this.list(new URLSearchParams(search), response);
    else this.answerBatch(id, below, response);
  }

  private answerFiles(call: UpstreamCall, id: string, below: string, response: ServerResponse): void {
    if (call.method === 'POST') {
      const parts = partsOf(call.headers['content-type'] ?? '', call.bytes);
      const text = parts.find(({ head }) => head.includes('name="file"'))?.bytes.toString() ?? '';
      json(response, 200, this.describe(this.keep('batch', text)));
      return;
    }
    const file = this.files.get(id);
    if (file === undefined) json(response, 404, { error: { message: 'No such File object' } });
    else if (call.method === 'DELETE') {
      this.files.delete(id);
      json(response, 200, { id, object: 'file', deleted: true });
    } else if (below === '') json(response, 200, this.describe(file));
    else if (!this.givesContent) json(response, 500, { error: { message: 'Not now' } });
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.text);
  }

  private submit(call: UpstreamCall, response: ServerResponse): void {
    if (this.submits === 'REFUSE') {
      json(response, 400, { error: { message: 'Billing hard limit', code: 'billing_hard_limit_reached' } });
      return;
    }
    if (this.submits === 'DROP') {
      response.destroy();
      return;
    }
    const body = call.body as Pick<
      ProvidersBatch,
      'input_file_id' | 'endpoint' | 'completion_window' | 'metadata'
    >;
    const { input_file_id, endpoint, completion_window } = body;
    const batch: ProvidersBatch = {
      ...{ id: this.newId('batch'), object: 'batch', status: 'in_progress', created_at: 1_750_000_000 },
      ...{ input_file_id, endpoint, completion_window, metadata: body.metadata ?? null },
      ...{ completed_at: null, output_file_id: null, error_file_id: null, errors: null },
      request_counts: { total: this.lines(input_file_id).length, completed: 0, failed: 0 },
    };
    this.batches.set(batch.id, batch);
    if (this.submits === 'CUT') response.destroy();
    else json(response, 200, batch);
  }

  private answerBatch(id: string, below: string, response: ServerResponse): void {
    const batch = this.batches.get(id);
    if (batch === undefined) {
      json(response, 404, { error: { message: 'No such batch' } });
      return;
    }
    if (below === 'cancel') batch.status = 'cancelling';
    json(response, 200, batch);
  }

  /** Two of a page, the latest first. */
  private list(query: URLSearchParams, response: ServerResponse): void {
    const all = [...this.batches.values()].reverse();
    const after = query.get('after');
    const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const data = all.slice(from, from + 2).map((batch) => ({ ...batch, created_at: 4_000_000_000 }));
    json(response, 200, { object: 'list', data, has_more: all.length > from + 2 });
  }

  private keep(purpose: string, text: string): StoredFile {
    const file = { id: this.newId('file'), purpose, text };
    this.files.set(file.id, file);
    return file;
  }

  private describe({ id, purpose, text }: StoredFile) {
    return {
      id,
      object: 'file',
      purpose,
      bytes: Buffer.byteLength(text),
      created_at: 1,
      filename: 'f.jsonl',
    };
  }

  private newId(kind: string): string {
    return `${kind}-${this.prefix}${this.next++}`;
  }
}

/** A line of a result file: an answered request of a chat. */
export function answeredLine(
  customId: string,
  usage: object | null,
  model = 'gpt-4o-mini-2024-07-18',
): string {
  const message = { role: 'assistant', content: 'Hello.' };
  const body = {
    ...{ id: 'chatcmpl-1', object: 'chat.completion', model },
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    ...(usage === null ? {} : { usage }),
  };
  const response = { status_code: 200, request_id: 'r', body };
  return JSON.stringify({ id: `batch_req_${customId}`, custom_id: customId, response, error: null });
}

/** A line of an error file. */
export function failedLine(customId: string): string {
  const body = { error: { message: 'Bad request' } };
  return JSON.stringify({ custom_id: customId, response: { status_code: 400, body }, error: null });
}
