import { NodeProcess } from '../node-process';
import { BARE_PROXY, MOCK_PROVIDER, ROOT } from './paths';
import { CHAT_PATH, NOTHING_OWED, type Target } from './target';

const READY = /ready (\S+)/;
const HEADERS = { authorization: 'Bearer bench' };

/** The mock provider itself: what every other target's figures are compared with. */
export async function startDirect(): Promise<{ target: Target; mockUrl: string }> {
  const { process, url } = await NodeProcess.start({
    args: [MOCK_PROVIDER],
    cwd: ROOT,
    env: {},
    ready: READY,
  });
  return { target: plainTarget('direct', process, url), mockUrl: url };
}

export async function startBareProxy(mockUrl: string): Promise<Target> {
  const { process, url } = await NodeProcess.start({
    args: [BARE_PROXY, mockUrl],
    cwd: ROOT,
    env: {},
    ready: READY,
  });
  return plainTarget('bare-proxy', process, url);
}

function plainTarget(name: Target['name'], process: NodeProcess, url: string): Target {
  return {
    name,
    url: `${url}${CHAT_PATH}`,
    headers: HEADERS,
    pid: process.pid,
    settle: NOTHING_OWED,
    stop: () => process.stop(),
  };
}
