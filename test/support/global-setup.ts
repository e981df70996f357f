import { TestServer } from './test-server';

declare global {
  var spendgraphTestServer: TestServer | undefined;
}

async function setUp(): Promise<void> {
  const server = new TestServer();
  await server.listen();
  globalThis.spendgraphTestServer = server;
}

export = setUp;
