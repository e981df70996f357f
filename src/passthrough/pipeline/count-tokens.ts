import { tokenPlan } from '../../domain/metering/chat-framing';
import { err, ok, type Result } from '../../domain/result';
import { anthropic } from '../providers/anthropic/anthropic';
import type { Caller } from './call';
import { parseBody } from './parse-body';
import type { CallPorts } from './ports';
import type { Refusal } from './refusal';
import { routeByModel } from './route-by-model';
import type { UnmeteredStep } from './run-unmetered';

/**
 * Counting a message's input is free (https://platform.claude.com/docs/en/build-with-claude/token-counting). A provider
 * that speaks the format counts itself. For all others this server counts, which is near and not exact: their framing of
 * a body in this format is not known, and a header says so.
 */
export async function planCount(
  ports: CallPorts,
  caller: Caller,
  body: string,
): Promise<Result<UnmeteredStep, Refusal>> {
  const json = parseBody(body);
  if (!json.ok) return json;
  const request = anthropic.readRequest('messages', json.value);
  if (!request.ok) return err(request.error);
  const routed = await routeByModel(ports, caller, request.value.model);
  if (!routed.ok) return routed;
  const route = routed.value;
  if (!anthropic.speaks(route.provider)) {
    const plan = tokenPlan('anthropic-messages', json.value, route.upstreamModel);
    const { tokens } = await ports.tokenizer.countAll(plan.texts, plan.encoding);
    const headers = { 'x-spendgraph-token-count': 'approximate' };
    return ok({ kind: 'ANSWER', headers, json: { input_tokens: tokens + plan.framing } });
  }
  return ok({
    kind: 'PASS_ON',
    route,
    method: 'POST',
    url: `${anthropic.target(route, request.value)}/count_tokens`,
    body: anthropic.prepareRequest(request.value, body, { model: route.upstreamModel }),
  });
}
