import { asArray, type JsonRecord } from '../../domain/metering/json';
import type { CallRequest } from '../providers/provider';

/** A moderation that flags nothing, one result for each input. */
export function demoModeration(call: CallRequest, body: JsonRecord, digest: string): JsonRecord {
  const { input } = body;
  const parts = asArray(input);
  // Parts with a type are one input together; texts are one each.
  const count = parts.length > 0 && typeof parts[0] === 'string' ? parts.length : 1;
  const results = Array.from({ length: count }, () => ({
    flagged: false,
    categories: {},
    category_scores: {},
    category_applied_input_types: {},
  }));
  return { id: `modr-${digest}`, model: call.model, results };
}
