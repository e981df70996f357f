import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, request as send } from 'undici';
import { announce } from '../announce';

/**
 * The least that a proxy on node can do: node:http in, undici out, the body and the answer's bytes passed on. No key, no
 * limit, no count, no database. What a gateway costs is measured against this.
 */
const [upstream = ''] = process.argv.slice(2);
const dispatcher = new Agent({ keepAliveTimeout: 30_000 });

const server = createServer((request, response) => {
  forward(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(502).end();
  });
});

async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await send(`${upstream}${request.url ?? '/'}`, {
    method: 'POST',
    headers: {
      'content-type': request.headers['content-type'] ?? 'application/json',
      authorization: request.headers.authorization ?? '',
    },
    body: await wholeBody(request),
    dispatcher,
  });
  const headers: Record<string, string> = {};
  for (const name of ['content-type', 'content-length']) {
    const value = answer.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  response.writeHead(answer.statusCode, headers);
  answer.body.on('error', () => response.destroy());
  answer.body.pipe(response);
}

function wholeBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      resolve(Buffer.concat(pieces));
    });
    request.on('error', reject);
  });
}

announce(server);
