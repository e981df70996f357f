import { asCount, asRecord, asText, type JsonRecord } from '../../domain/metering/json';
import { storableJson } from '../../domain/text/storable';
import type { Route } from '../../models/route';
import { askProvider } from './ask-provider';
import type { BatchPorts } from './batch-ports';
import { noteBatch, type Batch } from './batch.repository';
import { insertFile, isKnownFile } from './file.repository';

/** Nothing more happens to a batch that is one of these (https://platform.openai.com/docs/guides/batch). */
const OVER: ReadonlySet<string> = new Set(['completed', 'failed', 'expired', 'cancelled']);

/** The provider's description of a batch. */
export type BatchContent = JsonRecord & { readonly id: string };

/** As it can be stored; `text` was read as an object with an id before. */
export function contentOf(text: string): BatchContent {
  return storableJson(JSON.parse(text)) as BatchContent;
}

export function isOver(content: JsonRecord): boolean {
  return OVER.has(asText(content['status']) ?? '');
}

/** Where its results are, and its errors: either may be absent. */
export function resultFiles(content: JsonRecord): string[] {
  const ids = [content['output_file_id'], content['error_file_id']].map(asText);
  return ids.filter((id) => id !== null && id !== '').map(String);
}

/** Requests that the provider says it has answered. */
export function completedRequests(content: JsonRecord): number {
  return asCount(asRecord(content['request_counts'])?.['completed']) ?? 0;
}

/** Takes note of what the provider says of a batch. The files of its results become its owner's. */
export async function noteSeen(
  ports: BatchPorts,
  route: Route,
  batch: Batch,
  content: BatchContent,
): Promise<void> {
  await noteBatch(ports.db, batch.callId, content, !isOver(content));
  for (const id of resultFiles(content)) {
    if (await isKnownFile(ports.db, id)) continue;
    const asked = await askProvider(ports, route, {
      method: 'GET',
      path: `/files/${encodeURIComponent(id)}`,
    });
    const described = asked.ok && asked.value.status === 200 ? asked.value.json : null;
    const { keyId, deploymentId, model } = batch;
    await insertFile(ports.db, {
      ...{ id, keyId, deploymentId, model, bound: null, purpose: 'batch_output' },
      content: storableJson(described ?? { id, object: 'file', purpose: 'batch_output' }) as JsonRecord,
    });
  }
}
