import type { OutgoingHttpHeader, ServerResponse } from 'node:http';
import type { CallReply } from '../pipeline/reply';

/** A call's client over HTTP. Answers that come after the client has left go nowhere, quietly. */
export class HttpReply implements CallReply {
  private hasLeft = false;
  private leaving: AbortController | null = null;

  /** `common` goes with every answer: what the server's hooks have set, such as the headers of CORS. */
  constructor(
    private readonly response: ServerResponse,
    private readonly common: Readonly<Record<string, OutgoingHttpHeader | undefined>>,
  ) {
    response.once('close', () => {
      if (!response.writableFinished) this.leave();
    });
    response.on('error', () => {
      this.leave();
    });
  }

  /** Made when it is first asked for: most calls end without anybody listening for their client's leaving. */
  get left(): AbortSignal {
    this.leaving ??= new AbortController();
    if (this.hasLeft) this.leaving.abort();
    return this.leaving.signal;
  }

  send(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer): void {
    if (this.hasLeft || this.response.writableEnded) return;
    if (this.response.headersSent) {
      // Too late for another answer: the connection is cut, so that the client knows that this one is not whole.
      this.response.destroy();
      return;
    }
    this.response.writeHead(status, {
      ...this.common,
      ...headers,
      'content-length': String(Buffer.byteLength(body)),
    });
    this.response.end(body);
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    if (this.hasLeft) return;
    this.response.writeHead(status, { ...this.common, ...headers });
    this.response.flushHeaders();
  }

  async write(piece: Buffer): Promise<void> {
    if (this.hasLeft || this.response.write(piece)) return;
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

  end(trailers: Readonly<Record<string, string>> = {}): void {
    if (this.hasLeft) return;
    this.response.addTrailers(trailers);
    this.response.end();
  }

  private leave(): void {
    this.hasLeft = true;
    this.leaving?.abort();
  }
}
