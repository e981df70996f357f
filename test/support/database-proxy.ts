import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to PostgreSQL that a test can cut. */
export interface DatabaseProxy {
  /** The database's address by way of the proxy. */
  readonly url: string;
  /** Lets no answer to a statement with that word through, nor anything after it; what is sent still arrives. */
  mute(word: string): void;
  /** Cuts every connection, and every new one, until `restore`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<{ client: Socket; server: Socket }>();
  let isCut = false;
  let muted: string | null = null;
  const proxy = createServer((client) => {
    client.on('error', () => undefined);
    if (isCut) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(Number(target.port), target.hostname);
    const pair = { client, server };
    pairs.add(pair);
    server.on('error', () => undefined);
    // Before the pipe, so that the answer cannot be quicker.
    client.on('data', (sent: Buffer) => {
      if (muted !== null && sent.includes(muted)) server.unpipe(client);
    });
    client.pipe(server);
    server.pipe(client);
    for (const socket of [client, server]) {
      socket.once('close', () => {
        client.destroy();
        server.destroy();
        pairs.delete(pair);
      });
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const cutAll = (): void => {
    for (const { client, server } of pairs) {
      // Only the server process hears of it: the database goes on with what it was told.
      client.resetAndDestroy();
      server.destroy();
    }
  };
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((proxy.address() as AddressInfo).port);
  return {
    url: url.href,
    mute: (word) => {
      muted = word;
    },
    cut: () => {
      isCut = true;
      cutAll();
    },
    restore: () => {
      isCut = false;
      muted = null;
    },
    close: async () => {
      cutAll();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
