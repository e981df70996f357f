import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to PostgreSQL that a test can cut. */
export interface DatabaseProxy {
  /** The database's address by way of the proxy. */
  readonly url: string;
  /** Lets no more answers of the database through; what the server sends still arrives there. */
  mute(): void;
  /** Cuts every connection, and every new one, until `restore`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<{ client: Socket; server: Socket }>();
  let isCut = false;
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
    mute: () => {
      for (const { client, server } of pairs) server.unpipe(client);
    },
    cut: () => {
      isCut = true;
      cutAll();
    },
    restore: () => {
      isCut = false;
    },
    close: async () => {
      cutAll();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
