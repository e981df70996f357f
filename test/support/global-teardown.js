/** Jest calls this once per run, after the last test. */
module.exports = async () => {
  await globalThis.spendgraphTestServer.close();
};
