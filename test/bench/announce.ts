import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on a free port of the loopback, tells the parent its address in the form it waits for, and ends on SIGTERM. */
export function announce(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    console.log(`ready http://127.0.0.1:${String(port)}`);
  });
  process.once('SIGTERM', () => {
    server.closeAllConnections();
    server.close();
  });
}
