async function tearDown(): Promise<void> {
  await globalThis.spendgraphTestServer?.close();
}

export = tearDown;
