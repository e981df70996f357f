import type { CallAsk } from '../../domain/ledger/call-ask';
import { voidedCall, type CallEnd } from '../../domain/ledger/call-end';
import { asArray, asCount, asRecord, asText } from '../../domain/metering/json';
import { formatMoney } from '../../domain/money/decimal-text';
import type { PriceRule } from '../../domain/pricing/choose-price';
import type { Cost } from '../../domain/pricing/cost';
import type { PricingContext } from '../../domain/pricing/pricing-context';
import { pricingTermsOf, type PricingTerms } from '../../domain/pricing/pricing-terms';
import { storableJson, storableText } from '../../domain/text/storable';
import { inputTokens, outputTokens } from '../../domain/usage/usage';
import type { Route } from '../../models/route';
import { linesOf } from '../../platform/http/lines';
import { textOf } from '../pipeline/text-of';
import { openAnswer } from './ask-provider';
import type { BatchPorts } from './batch-ports';
import { endBatch, findAdmission, type Batch } from './batch.repository';
import { BatchTally, type RuleFinder } from './batch-tally';
import { completedRequests, resultFiles, type BatchContent } from './seen-batch';

/**
 * Charges a batch that is over from its result files, to whoever submitted it. The ledger ends a call once, so that it
 * makes no difference how many processes do this, or how often. Throws when the results cannot be read: its reservation
 * then stands, and somebody looks again.
 */
export async function bookBatch(
  ports: BatchPorts,
  route: Route,
  batch: Batch,
  content: BatchContent,
): Promise<void> {
  if (ports.booking.has(batch.callId)) return;
  ports.booking.add(batch.callId);
  try {
    const admission = await findAdmission(ports.db, batch.callId);
    if (admission === null) {
      ports.log.error({ callId: batch.callId }, 'A batch ended long after its reservation was charged.');
    } else {
      const context = await contextOf(ports, batch, admission);
      const tally = new BatchTally(
        batch.bound,
        batch.upstreamModel,
        context,
        rulesOf(ports, batch, admission),
      );
      for (const fileId of resultFiles(content)) await readResults(ports, route, fileId, tally);
      // What the provider says it has answered was used, whether or not it is in a file.
      const missing = Math.min(completedRequests(content), batch.bound.requests) - tally.answered;
      for (let n = 0; n < missing; n++) await tally.addUnknown();
      await ports.ledger.settleAs(endOf(batch, content, tally, context), admission.ask);
    }
    await endBatch(ports.db, batch.callId);
  } finally {
    ports.booking.delete(batch.callId);
  }
}

interface Admission {
  readonly ask: CallAsk;
  readonly admittedAtMs: number;
}

function lookupOf(batch: Batch, { ask: { snapshot }, admittedAtMs }: Admission) {
  const { provider, deploymentId, keyId, teamId, organizationId } = snapshot;
  const whose = { provider, deploymentId, keyId, teamId, organizationId };
  return { ...whose, model: batch.model, upstreamModel: batch.upstreamModel, atMs: admittedAtMs };
}

/** The prices, discounts and margins of its admission. */
async function contextOf(ports: BatchPorts, batch: Batch, admission: Admission): Promise<PricingContext> {
  const { adjustments } = await ports.pricing.adjustmentsFor(lookupOf(batch, admission));
  const { searchContextSize } = batch.bound;
  return { atMs: admission.admittedAtMs, batch: true, searchContextSize, adjustments };
}

/** As for every call: where the list price holds, the model that answered decides it if it has one of its own. */
function rulesOf(ports: BatchPorts, batch: Batch, admission: Admission): RuleFinder {
  const lookup = lookupOf(batch, admission);
  const known = new Map<string | null, Promise<PriceRule | null>>();
  const find = async (served: string | null): Promise<PriceRule | null> => {
    if (served === null || served === batch.upstreamModel) return ports.pricing.priceFor(lookup);
    const asked = await ruleFor(null);
    if (asked !== null && asked.scope !== 'CATALOGUE') return asked;
    return (await ports.pricing.priceFor({ ...lookup, model: served, upstreamModel: served })) ?? asked;
  };
  const ruleFor: RuleFinder = (served) => {
    const found = known.get(served) ?? find(served);
    known.set(served, found);
    return found;
  };
  return ruleFor;
}

async function readResults(
  ports: BatchPorts,
  route: Route,
  fileId: string,
  tally: BatchTally,
): Promise<void> {
  const path = `/files/${encodeURIComponent(fileId)}/content`;
  const { status, body } = await openAnswer(ports, route, { method: 'GET', path });
  if (status !== 200) {
    await textOf(body);
    throw new Error(`The results ${fileId} of a batch were not given out (status ${status}).`);
  }
  for await (const line of linesOf(body, ports.settings.maxResponseBytes)) await tally.add(line);
}

function endOf(batch: Batch, content: BatchContent, tally: BatchTally, context: PricingContext): CallEnd {
  const { answered, failed, estimated, usage, servedModel } = tally;
  const cost = tally.cost.read(context.adjustments);
  const status = asText(content['status']) ?? '';
  const isCancelled = status === 'cancelled';
  const isDone = answered > 0;
  const counts = { answered, failed, estimated };
  return {
    ...voidedCall(batch.callId, isDone ? null : problemOf(content, status)),
    outcome: 'SETTLED',
    status: isDone ? 'SUCCESS' : isCancelled ? 'CANCELLED' : 'FAILURE',
    cost: cost.total,
    pricingStatus: cost.status,
    priceId: tally.priceId,
    costBreakdown: breakdownText(cost),
    pricingTerms: isDone ? termsOf(batch, tally, context) : null,
    usage: isDone ? { ...usage, requests: answered } : {},
    rawUsage: storableJson({
      batch_id: content.id,
      status,
      requests: counts,
      usage: content['usage'] ?? null,
    }),
    usageSource: isDone ? (estimated > 0 ? 'ESTIMATED' : 'PROVIDER') : 'NONE',
    inputTokens: inputTokens(usage),
    outputTokens: outputTokens(usage),
    requests: answered,
    servedModel: servedModel === null ? null : storableText(servedModel.slice(0, 256)),
    durationMs: durationOf(content),
    httpStatus: 200,
  };
}

function termsOf(batch: Batch, tally: BatchTally, context: PricingContext): PricingTerms {
  const { mostInputTokens: requestInputTokens, cost } = tally;
  const terms = pricingTermsOf({ ...context, requestInputTokens }, batch.model, batch.upstreamModel);
  return storableJson({ ...terms, ...(cost.isMixed ? { isMixed: true } : {}) }) as PricingTerms;
}

function breakdownText({ breakdown }: Cost): Record<string, string> {
  return Object.fromEntries(Object.entries(breakdown).map(([part, amount]) => [part, formatMoney(amount)]));
}

/** What the provider found wrong with it. */
function problemOf(content: BatchContent, status: string): string {
  const [first] = asArray(asRecord(content['errors'])?.['data']).map(asRecord);
  return storableText((asText(first?.['message']) ?? `the batch is ${status}`).slice(0, 2_000));
}

/** From its making to its end, which the provider tells in seconds. */
function durationOf(content: BatchContent): number | null {
  const end = ['completed_at', 'failed_at', 'expired_at', 'cancelled_at'].map((name) =>
    asCount(content[name]),
  );
  const begin = asCount(content['created_at']);
  const last = end.find((at) => at !== null) ?? null;
  return begin === null || last === null || last < begin ? null : (last - begin) * 1_000;
}
