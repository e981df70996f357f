import { hash, timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '../../domain/result';
import type { KeyRefusal } from '../../keys/authenticated-key';
import type { AuthenticatedCall, Caller, ReceivedCall } from './call';
import { parseBody } from './parse-body';
import type { CallPorts, CallSettings } from './ports';
import { readUpload, type ReadBody } from './read-upload';
import { DO_NOT_RETRY, refusal, type Refusal } from './refusal';

/** Step 1: whose call it is, and whether its body makes sense. */
export async function authenticate(
  ports: CallPorts,
  call: ReceivedCall,
): Promise<Result<AuthenticatedCall, Refusal>> {
  const caller = await identify(ports, call.header);
  if (!caller.ok) return caller;
  const read = call.upload === null ? readText(call) : await readUpload(ports, call, call.upload);
  if (!read.ok) return read;
  const request = call.format.readRequest(call.operation, read.value.json, call.address);
  if (!request.ok) return request;
  return ok({ ...call, ...read.value, caller: caller.value, request: request.value, fallback: null });
}

function readText({ body }: ReceivedCall): Result<ReadBody, Refusal> {
  const json = parseBody(body);
  return json.ok ? ok({ body, json: json.value, form: null }) : json;
}

/** Reads the credential from any of the headers that the providers' SDKs use for it. */
export async function identify(
  ports: Pick<CallPorts, 'keys' | 'settings'>,
  header: ReceivedCall['header'],
): Promise<Result<Caller, Refusal>> {
  const secret =
    header('x-litellm-api-key') ??
    header('authorization') ??
    header('x-api-key') ??
    header('api-key') ??
    header('x-goog-api-key') ??
    '';
  const token = secret.replace(/^Bearer\s+/i, '').trim();
  if (token === '')
    return err(
      unauthorized('auth_error', 'Send a virtual key as "Authorization: Bearer sk-…" or "x-api-key: sk-…".'),
    );
  const digest = sha256(token);
  if (isMasterKey(digest, ports.settings)) return ok({ kind: 'MASTER' });
  const found = await ports.keys.authenticate(token, digest);
  return found.ok
    ? ok({
        kind: 'KEY',
        key: found.value,
        hidesAmounts: ports.settings.hidesAmounts || found.value.hidesAmounts,
      })
    : err(keyRefusal(found.error));
}

export function keyRefusal(refused: KeyRefusal): Refusal {
  const types = {
    UNKNOWN: 'token_not_found_in_db',
    EXPIRED: 'expired_key',
    BLOCKED: 'auth_error',
    DELETED: 'auth_error',
  };
  return unauthorized(types[refused.reason], refused.message);
}

function unauthorized(type: string, message: string): Refusal {
  return refusal(401, type, message, { code: 'invalid_api_key', headers: DO_NOT_RETRY });
}

/** The master key's digest, made once for all calls. */
const masterDigests = new WeakMap<CallSettings, Buffer>();

/** Compares digests, so that neither length nor content shows in the time taken. */
function isMasterKey(digest: Buffer, settings: CallSettings): boolean {
  let master = masterDigests.get(settings);
  if (master === undefined) {
    master = sha256(settings.masterKey);
    masterDigests.set(settings, master);
  }
  return timingSafeEqual(digest, master);
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
