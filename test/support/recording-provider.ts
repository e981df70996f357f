import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, fdatasync, openSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/**
 * A provider in a process of its own, which writes down each call that it serves, and has that on disk before the first
 * byte of its answer leaves. The request's `user`, or its first message, names the call; latency, usage and so the price follow from the name.
 */
const MAX_LATENCY_MS = 400;
const CHUNK_PAUSE_MS = 30;
const syncToDisk = promisify(fdatasync);

interface RequestBody {
  readonly user?: string;
  readonly messages: readonly { readonly content: string }[];
  readonly stream?: boolean;
}

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** Writes lines so that one sync serves all that wait for it. */
class SyncedFile {
  private readonly fd: number;
  private waiting: { line: string; done: () => void }[] = [];
  private isSyncing = false;

  constructor(path: string) {
    this.fd = openSync(path, 'a');
  }

  append(line: string): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ line, done });
      void this.sync();
    });
  }

  close(): void {
    closeSync(this.fd);
  }

  private async sync(): Promise<void> {
    if (this.isSyncing) return;
    this.isSyncing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      writeSync(this.fd, batch.map(({ line }) => `${line}\n`).join(''));
      await syncToDisk(this.fd);
      for (const { done } of batch) done();
    }
    this.isSyncing = false;
  }
}

async function serve(path: string): Promise<void> {
  const file = new SyncedFile(path);
  const server = createServer((request, response) => {
    void answer(file, request, response);
  });
  server.listen(0, '127.0.0.1', 4_096);
  await once(server, 'listening');
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
  process.once('SIGTERM', () => {
    server.close();
    server.closeAllConnections();
    file.close();
  });
}

async function answer(file: SyncedFile, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.on('error', () => undefined);
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece as Buffer);
  } catch {
    return;
  }
  const body = JSON.parse(Buffer.concat(pieces).toString()) as RequestBody;
  const id = body.user ?? body.messages[0]?.content ?? '';
  const digest = createHash('sha256').update(id).digest();
  const [a = 0, b = 0, c = 0] = digest;
  await delay((a / 255) * MAX_LATENCY_MS);
  // Whoever hung up meanwhile was never served.
  if (response.destroyed) return;
  const usage = { prompt_tokens: 5 + b, completion_tokens: 1 + (c % 99), total_tokens: 6 + b + (c % 99) };
  await file.append(JSON.stringify({ id, ...usage }));
  if (body.stream === true) await stream(response, usage);
  else whole(response, usage);
}

function whole(response: ServerResponse, usage: Usage): void {
  const message = { role: 'assistant', content: 'Hello.' };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id: 'c', choices: [{ index: 0, finish_reason: 'stop', message }], usage }));
}

async function stream(response: ServerResponse, usage: Usage): Promise<void> {
  const event = (data: object) => `data: ${JSON.stringify({ id: 'c', ...data })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(event({ choices: [{ index: 0, delta: { content: 'Hello' } }] }));
  await delay(CHUNK_PAUSE_MS);
  response.write(event({ choices: [{ index: 0, delta: { content: '.' }, finish_reason: 'stop' }] }));
  await delay(CHUNK_PAUSE_MS);
  response.end(`${event({ choices: [], usage })}data: [DONE]\n\n`);
}

void serve(process.argv[2] ?? '');
