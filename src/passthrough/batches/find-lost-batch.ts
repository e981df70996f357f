import { voidedCall } from '../../domain/ledger/call-end';
import { asArray, asRecord, asText, type JsonRecord } from '../../domain/metering/json';
import { settle } from '../pipeline/run-call';
import type { Route } from '../../models/route';
import { askProvider } from './ask-provider';
import type { BatchPorts } from './batch-ports';
import { endBatch, openBatch, type Batch } from './batch.repository';
import { markOf, withoutMark } from './call-mark';
import { accountOf } from './owned';
import { contentOf } from './seen-batch';

const PAGE = 100;
const HOUR_SECONDS = 3_600;

/**
 * Looks for a batch whose making was not answered, because the connection or this server's process ended. The provider's
 * list says whether there is one that carries its call's id. If not, it was not made, and what it held is released.
 */
export async function findLostBatch(ports: BatchPorts, batch: Batch): Promise<void> {
  const { callId } = batch;
  const account = await accountOf(ports, batch);
  if (!account.ok) throw new Error(account.error.message);
  const found = await search(ports, account.value, batch);
  if (found === null) {
    await settle(ports, voidedCall(callId, 'the provider has not made the batch'));
    await endBatch(ports.db, callId);
    ports.log.warn({ callId }, 'A batch was not made; what it held is released.');
    return;
  }
  const content = contentOf(withoutMark(JSON.stringify(found)));
  await openBatch(ports.db, callId, content, 0);
  ports.log.warn({ callId, batchId: content.id }, 'A batch was found whose making had not been answered.');
}

/** The latest come first, so that the list is read no further than to the hour before it was sent. */
async function search(ports: BatchPorts, route: Route, batch: Batch): Promise<JsonRecord | null> {
  const since = batch.submittedAt.getTime() / 1_000 - HOUR_SECONDS;
  for (let after: string | null = null; ;) {
    const from: string = after === null ? '' : `&after=${encodeURIComponent(after)}`;
    const asked = await askProvider(ports, route, { method: 'GET', path: `/batches?limit=${PAGE}${from}` });
    if (!asked.ok) throw new Error(asked.error.refusal.message);
    const { status, json } = asked.value;
    if (status !== 200 || !Array.isArray(json?.['data']))
      throw new Error(`The provider did not list its batches (status ${status}).`);
    const listed = asArray(json['data']).map(asRecord);
    const found = listed.find((each) => markOf(each) === batch.callId && asText(each?.['id']) !== null);
    if (found) return found;
    const last = listed.at(-1);
    const id = asText(last?.['id']);
    const createdAt = last?.['created_at'];
    const isOlder = typeof createdAt === 'number' && createdAt < since;
    if (json['has_more'] !== true || id === null || isOlder) return null;
    after = id;
  }
}
