import type { RequestContext } from '../../access/context';
import { requireRule, RULES } from '../../access/rules';
import { newId } from '../../domain/ids';
import { ok, type Result } from '../../domain/result';
import { judgeKey } from '../../keys/authenticated-key';
import { findKeyRow } from '../../keys/key-authentication.repository';
import { findKeys } from '../../keys/key.repository';
import type { Ledger } from '../../ledger/ledger.service';
import { AppError } from '../../platform/errors';
import { keyRefusal } from '../pipeline/authenticate';
import type { AuthenticatedCall } from '../pipeline/call';
import { explainCall, type Explanation } from '../pipeline/explain';
import { parseBody } from '../pipeline/parse-body';
import type { CallPorts } from '../pipeline/ports';
import type { Refusal } from '../pipeline/refusal';
import { anthropic } from '../providers/anthropic/anthropic';
import { openAi } from '../providers/openai/openai';
import { PLAIN_ADDRESS } from '../providers/provider';

/** A call to explain: a body as it would be sent, or the numbers of one. */
export interface ExplainAdmission {
  readonly keyId: string;
  readonly model: string;
  readonly endpoint?: string | null;
  readonly body?: Record<string, unknown> | null;
  readonly inputTokens?: number | null;
  readonly maxOutputTokens?: number | null;
  readonly customerId?: string | null;
  readonly tags?: readonly string[] | null;
}

const CHAT = '/v1/chat/completions';
const FORMATS = [openAi, anthropic];

/** Explains admissions: by running them, up to the point of being sent, with a ledger that writes nothing. */
export class AdmissionService {
  constructor(
    private readonly ports: CallPorts,
    private readonly ledger: Pick<Ledger, 'explain'>,
  ) {}

  /** Null when the key is absent or not visible to the caller. */
  async explain(ctx: RequestContext, input: ExplainAdmission): Promise<Explanation | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const [visible] = await findKeys(ctx.db.manager, ctx.visibility, [input.keyId]);
    const row = visible && (await findKeyRow(ctx.db.manager, input.keyId));
    if (!row) return null;
    const key = judgeKey(row, ctx.clock.now());
    if (!key.ok) return refused(keyRefusal(key.error));
    const call = this.callOf(input, ctx.clock.now());
    if (!call.ok) return refused(call.error);
    const caller = { kind: 'KEY' as const, key: key.value, hidesAmounts: false };
    const explained = await explainCall(this.ports, this.ledger, { ...call.value, caller });
    if (explained === null)
      throw new AppError('CONFLICT', 'The key changed meanwhile. Ask again.', ['keyId']);
    return explained;
  }

  private callOf(input: ExplainAdmission, atMs: number): Result<Omit<AuthenticatedCall, 'caller'>, Refusal> {
    const endpoint = input.endpoint ?? CHAT;
    const format = FORMATS.find(({ paths }) => endpoint in paths);
    const operation = format?.paths[endpoint];
    if (!format || !operation)
      throw new AppError('BAD_USER_INPUT', `No route "${endpoint}" can be explained. Use ${CHAT}.`, [
        'endpoint',
      ]);
    const body = JSON.stringify(bodyOf(input));
    const json = parseBody(body);
    if (!json.ok) return json;
    const request = format.readRequest(operation, json.value, PLAIN_ADDRESS);
    if (!request.ok) return request;
    const headers: Readonly<Record<string, string | undefined>> = {
      'x-litellm-tags': input.tags?.join(','),
      'x-litellm-end-user-id': input.customerId ?? undefined,
    };
    return ok({
      ...{ format, operation, endpoint, body, json: json.value, request: request.value },
      callId: newId('call', atMs),
      address: PLAIN_ADDRESS,
      receivedAtMs: atMs,
      header: (name) => headers[name],
      ...{ fallback: null, upload: null, form: null },
      ...(input.inputTokens == null ? {} : { assumedInputTokens: input.inputTokens }),
    });
  }
}

function bodyOf({ model, body, maxOutputTokens }: ExplainAdmission): Record<string, unknown> {
  const bound = maxOutputTokens == null ? {} : { max_tokens: maxOutputTokens };
  return { messages: [], ...body, ...bound, model };
}

function refused(refusal: Refusal): Explanation {
  return { admitted: null, refusal, standings: [] };
}
