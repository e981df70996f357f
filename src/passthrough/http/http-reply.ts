import type { ServerResponse } from 'node:http';
import type { CallReply } from '../pipeline/reply';

/** A call's client over HTTP. Answers that come after the client has left go nowhere, quietly. */
export class HttpReply implements CallReply {
  private readonly leaving = new AbortController();

  constructor(private readonly response: ServerResponse) {
    response.once('close', () => {
      if (!response.writableFinished) this.leaving.abort();
    });
    response.on('error', () => {
      this.leaving.abort();
    });
  }

  get left(): AbortSignal {
    return this.leaving.signal;
  }

  send(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer): void {
    if (this.left.aborted || this.response.writableEnded) return;
    if (this.response.headersSent) {
      // Too late for another answer: the connection is cut, so that the client knows that this one is not whole.
      this.response.destroy();
      return;
    }
    this.response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
    this.response.end(body);
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    if (this.left.aborted) return;
    this.response.writeHead(status, headers);
    this.response.flushHeaders();
  }

  async write(piece: Buffer): Promise<void> {
    if (this.left.aborted || this.response.write(piece)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.response.off('drain', done);
        this.left.removeEventListener('abort', done);
        resolve();
      };
      this.response.once('drain', done);
      this.left.addEventListener('abort', done, { once: true });
    });
  }

  end(): void {
    if (!this.left.aborted) this.response.end();
  }
}
