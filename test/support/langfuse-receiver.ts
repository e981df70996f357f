import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Event {
  readonly type: string;
  readonly body: Record<string, unknown>;
}

/** What Langfuse's ingestion route is, as far as its SDK can tell. */
export class LangfuseReceiver {
  readonly events: Event[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  requests = 0;
  mode: 'take' | 'refuse' | 'hang' = 'take';
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      this.requests += 1;
      if (this.mode === 'hang') return;
      if (this.mode === 'refuse') {
        response.writeHead(400).end('{"message":"no"}');
        return;
      }
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        this.headers.push(request.headers);
        const { batch } = JSON.parse(text) as { batch: Event[] };
        this.events.push(...batch);
        response.writeHead(207, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ successes: batch.map(() => ({ id: 'x', status: 201 })), errors: [] }));
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  of(type: string): Record<string, unknown>[] {
    return this.events.filter((event) => event.type === type).map((event) => event.body);
  }
}
