import { asRecord, asText, type JsonRecord } from '../../domain/metering/json';
import { memberText, nestedEdit, scanObject, spliceTopLevel } from '../../domain/metering/splice-json';

/**
 * A batch carries its call's id in its metadata at the provider, so that one whose making was not answered can be found
 * there. Clients do not see it.
 */
const MARK = 'spendgraph_call_id';
/** OpenAI takes 16 pairs (https://platform.openai.com/docs/api-reference/batch/create#batch-create-metadata). */
export const MAX_METADATA = 15;

/** The body of a new batch with the mark; members that only this server understands are left out. */
export function withMark(body: string, callId: string, remove: readonly string[]): string {
  const object = scanObject(body);
  const set = nestedEdit(object, 'metadata', { set: { [MARK]: JSON.stringify(callId) } });
  return spliceTopLevel(object, { set, remove });
}

/** A batch as its client knows it. */
export function withoutMark(text: string): string {
  const object = scanObject(text);
  const set = nestedEdit(object, 'metadata', { remove: [MARK] });
  const { metadata } = set;
  if (metadata === undefined || memberText(object, 'metadata') === metadata) return text;
  const isEmpty = Object.keys(asRecord(JSON.parse(metadata)) ?? {}).length === 0;
  return spliceTopLevel(object, { set: isEmpty ? { metadata: 'null' } : set });
}

/** The call that a batch of the provider's list belongs to; null when it is none of this server's. */
export function markOf(batch: JsonRecord | null): string | null {
  return asText(asRecord(batch?.['metadata'])?.[MARK]);
}
