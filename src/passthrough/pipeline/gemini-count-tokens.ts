import { memberText, nestedEdit, scanObject, spliceTopLevel } from '../../domain/metering/splice-json';
import { err, ok, type Result } from '../../domain/result';
import { gemini, geminiUrl } from '../providers/gemini/gemini';
import { invalidRequest } from '../providers/wire-error';
import type { Caller } from './call';
import { parseBody } from './parse-body';
import type { CallPorts } from './ports';
import { DO_NOT_RETRY, refusal, type Refusal } from './refusal';
import { resolveRoute } from './resolve-route';
import { modelDenied, unknownModel } from './price';
import type { UnmeteredStep } from './run-unmetered';

/** A request to generate content that stands inside the body names the model once more. */
function withUpstreamModel(body: string, model: string): string {
  const object = scanObject(body);
  const edits = ['generateContentRequest', 'generate_content_request']
    .filter((name) => memberText(object, name) !== null)
    .map((name) => nestedEdit(object, name, { set: { model: JSON.stringify(`models/${model}`) } }));
  return spliceTopLevel(object, { set: Object.assign({}, ...edits) as Record<string, string> });
}

/** Google counts for nothing (https://ai.google.dev/api/tokens), and only its own models. */
export async function planGeminiCount(
  ports: CallPorts,
  caller: Caller,
  model: string,
  body: string,
): Promise<Result<UnmeteredStep, Refusal>> {
  const json = parseBody(body);
  if (!json.ok) return json;
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value))
    return err(invalidRequest('body', 'The request body must be a JSON object.'));
  const route = await resolveRoute(ports.router, model, { provider: 'gemini' });
  const denied = caller.kind === 'KEY' ? modelDenied(ports, caller, model, route) : null;
  if (denied) return err(denied);
  if (!route) return err(unknownModel(model));
  if (!gemini.speaks(route.provider)) {
    const message = `The model "${model}" is served by ${route.provider}, which does not speak this format. POST /utils/token_counter counts for it.`;
    return err(refusal(400, 'invalid_request_error', message, { param: 'model', headers: DO_NOT_RETRY }));
  }
  const url = geminiUrl(route, 'countTokens');
  return ok({
    kind: 'PASS_ON',
    route,
    method: 'POST',
    url,
    body: withUpstreamModel(body, route.upstreamModel),
  });
}
