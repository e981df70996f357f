/** Jest calls this once per run, before any test. In JavaScript because jest wants the function itself as the export. */
module.exports = async () => {
  const { TestServer } = require('./test-server');
  globalThis.spendgraphTestServer = new TestServer();
  await globalThis.spendgraphTestServer.listen();
};
