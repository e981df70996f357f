import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A storage that speaks as much of S3 as files need: whole objects, and uploads in parts. */
export interface S3Storage {
  readonly url: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Uploads in parts that were neither completed nor given up. */
  readonly uploads: ReadonlyMap<string, unknown>;
  /** From now on, or not any more, every part is refused. */
  refuseParts(refuse: boolean): void;
  close(): Promise<void>;
}

interface Asked {
  readonly key: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

type Answer = readonly [status: number, body: string | Buffer];

class Objects {
  readonly objects = new Map<string, Buffer>();
  readonly uploads = new Map<string, Map<number, Buffer>>();
  isRefusing = false;
  private made = 0;

  GET({ key }: Asked): Answer {
    const object = this.objects.get(key);
    return object ? [200, object] : [404, '<Error><Code>NoSuchKey</Code></Error>'];
  }

  POST({ key, query }: Asked): Answer {
    const id = query.get('uploadId');
    if (id === null) {
      const made = `upload-${++this.made}`;
      this.uploads.set(made, new Map());
      return [
        200,
        `<InitiateMultipartUploadResult><UploadId>${made}</UploadId></InitiateMultipartUploadResult>`,
      ];
    }
    const parts = [...(this.uploads.get(id) ?? [])].sort(([a], [b]) => a - b);
    this.uploads.delete(id);
    this.objects.set(key, Buffer.concat(parts.map(([, part]) => part)));
    return [200, '<CompleteMultipartUploadResult/>'];
  }

  PUT({ key, query, body }: Asked): Answer {
    if (this.isRefusing) return [400, '<Error><Code>InvalidRequest</Code></Error>'];
    const id = query.get('uploadId');
    if (id === null) this.objects.set(key, body);
    else this.uploads.get(id)?.set(Number(query.get('partNumber')), body);
    return [200, ''];
  }

  DELETE({ key, query }: Asked): Answer {
    const id = query.get('uploadId');
    if (id === null) this.objects.delete(key);
    else this.uploads.delete(id);
    return [204, ''];
  }

  async answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '', 'http://s3');
    const asked = { key: url.pathname.slice(1), query: url.searchParams, body: await buffer(request) };
    if (!(request.headers.authorization ?? '').startsWith('AWS4-HMAC-SHA256')) return [403, ''];
    const method = request.method as 'GET' | 'POST' | 'PUT' | 'DELETE';
    return this[method](asked);
  }
}

export async function startS3(): Promise<S3Storage> {
  const storage = new Objects();
  const server = createServer((request, response) => {
    void storage.answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/xml', etag: '"etag"' }).end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { objects, uploads } = storage;
  return {
    ...{ objects, uploads },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuseParts: (refuse) => {
      storage.isRefusing = refuse;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
