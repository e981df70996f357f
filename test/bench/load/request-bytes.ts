/** Where a load goes and what it says. */
export interface LoadTarget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The request as it goes over the wire, made once. */
export function requestBytes({ url, headers, body }: LoadTarget): Buffer {
  const { host, pathname } = new URL(url);
  const lines = Object.entries({
    host,
    connection: 'keep-alive',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}
