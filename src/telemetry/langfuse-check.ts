import { randomUUID } from 'node:crypto';
import type { Clock } from '../platform/clock';
import type { LangfuseConfig } from '../platform/config';
import { UpstreamError, type UpstreamClient } from '../platform/http/upstream-client';

const TIMEOUT_MS = 10_000;

/**
 * Sends one trace to Langfuse (https://api.reference.langfuse.com, Ingestion) and tells, for people, why it was not taken;
 * null when it was. Nothing of the answer but its status is told.
 */
export async function checkLangfuse(
  { publicKey, secretKey, host }: LangfuseConfig,
  client: Pick<UpstreamClient, 'send'>,
  clock: Clock,
): Promise<string | null> {
  const timestamp = new Date(clock.now()).toISOString();
  const body = { id: randomUUID(), timestamp, name: 'spendgraph test' };
  const batch = [{ id: randomUUID(), type: 'trace-create', timestamp, body }];
  try {
    const response = await client.send({
      url: `${host.replace(/\/+$/, '')}/api/public/ingestion`,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${publicKey}:${secretKey}`, 'utf8').toString('base64')}`,
      },
      body: JSON.stringify({ batch }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      // The operator named it.
      allowPrivate: true,
    });
    response.body.on('error', () => undefined).destroy();
    return response.status >= 200 && response.status < 300 ? null : `Langfuse answered ${response.status}.`;
  } catch (error) {
    if (error instanceof UpstreamError) return `Langfuse cannot be reached (${error.message}).`;
    throw error;
  }
}
