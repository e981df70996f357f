import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { SseParser, type SseEvent } from '../../../src/domain/metering/sse';

/** Recorded provider responses, kept outside the repository. */
export const RECORDED = join(__dirname, '../../../../shared/recorded');
export const hasRecorded = existsSync(RECORDED);
if (!hasRecorded) {
  process.stderr.write(`SKIPPED: no recorded provider responses at ${RECORDED}; nothing is replayed.\n`);
}
export const describeRecorded = hasRecorded ? describe : describe.skip;

export type Json = Record<string, unknown>;

/** One call: what was asked, when it was recorded, and the response as JSON values in order (one unless streamed). */
export interface Exchange {
  readonly file: string;
  readonly uri: string;
  readonly request: Json | null;
  readonly responses: readonly unknown[];
  /** The bytes of a streamed response; null when it was not streamed. */
  readonly stream: Buffer | null;
}

export function exchanges(): Exchange[] {
  return hasRecorded ? files(RECORDED).flatMap(readFile) : [];
}

export function sseEvents(stream: Buffer): SseEvent[] {
  const parser = new SseParser();
  const events = parser.push(stream);
  const rest = parser.end();
  return rest ? [...events, rest] : events;
}

/** Every object below `value` that stands under one of the names, with its name. */
export function blocksNamed(value: unknown, names: readonly string[]): { name: string; block: Json }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const below = blocksNamed(inner, names);
    const isBlock =
      names.includes(name) && typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return isBlock ? [{ name, block: inner as Json }, ...below] : below;
  });
}

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

function readFile(path: string): Exchange[] {
  const file = relative(RECORDED, path);
  const text = readFileSync(path, 'utf8');
  const bare = { file, uri: '', request: null };
  if (path.endsWith('.json')) return [{ ...bare, responses: [JSON.parse(text)], stream: null }];
  if (path.endsWith('.sse')) {
    const stream = readFileSync(path);
    return [{ ...bare, responses: dataOf(stream), stream }];
  }
  if (path.endsWith('.chunks.txt')) {
    // One chunk a line: what the data fields of the stream held.
    const chunks = text.split('\n').filter((line) => line.trim() !== '');
    const stream = Buffer.from(chunks.map((chunk) => `data: ${chunk}\n\n`).join(''));
    return [{ ...bare, responses: dataOf(stream), stream }];
  }
  return path.endsWith('.yaml') ? readCassette(file, text) : [];
}

function readCassette(file: string, text: string): Exchange[] {
  const cassette = parse(text) as Json;
  const interactions = (cassette['interactions'] ?? []) as {
    request?: Json;
    response?: Json;
    data?: unknown;
  }[];
  return interactions.map(({ request, response, data }): Exchange => {
    // Cassettes of websockets hold bare messages.
    if (!request || !response) return { file, uri: '', request: null, responses: [data], stream: null };
    const body = response['body'] as { string?: string } | undefined;
    const parsed = response['parsed_body'];
    const content = typeof body?.string === 'string' ? body.string : '';
    const stream = parsed === undefined && content.includes('data:') ? Buffer.from(content) : null;
    const json = parsed === undefined ? tryParse(content) : parsed;
    return {
      file,
      uri: String(request['uri']),
      request: (request['parsed_body'] ?? tryParse(requestText(request))) as Json | null,
      responses: stream ? dataOf(stream) : [json],
      stream,
    };
  });
}

function requestText(request: Json): string {
  const body = request['body'];
  if (typeof body === 'string') return body;
  const text = (body as { string?: unknown } | undefined)?.string;
  return typeof text === 'string' ? text : '';
}

function dataOf(stream: Buffer): unknown[] {
  return sseEvents(stream).flatMap((event) => (event.data === null ? [] : [tryParse(event.data)]));
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
