import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { announce } from '../announce';
import { JSON_ANSWER, streamedAnswer } from './answers';

/** A provider that costs next to nothing to ask: OpenAI's chat completions, whole or streamed. */
const WITH_USAGE = streamedAnswer(true);
const WITHOUT_USAGE = streamedAnswer(false);

const server = createServer((request, response) => {
  readBody(request, (body) => {
    // The load writes these members as they stand here; parsing every body would measure the mock.
    if (!body.includes('"stream":true')) answerWhole(response);
    else answerStreamed(response, body.includes('"include_usage":true') ? WITH_USAGE : WITHOUT_USAGE);
  });
});

function readBody(request: IncomingMessage, done: (body: string) => void): void {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (piece: string) => (body += piece));
  request.on('end', () => {
    done(body);
  });
}

function answerWhole(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': JSON_ANSWER.length });
  response.end(JSON_ANSWER);
}

/** One event each turn of the event loop, so that each is a write of its own, as from a real provider. */
function answerStreamed(response: ServerResponse, events: readonly Buffer[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  let next = 0;
  const writeNext = (): void => {
    const event = events[next++];
    if (event === undefined) {
      response.end();
      return;
    }
    response.write(event);
    setImmediate(writeNext);
  };
  writeNext();
}

announce(server);
