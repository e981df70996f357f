import { DEFAULT_ORGANIZATION_ID } from '../../organizations/organization.entity';
import type { CallSnapshot } from '../../domain/ledger/call-ask';
import { storableJson, storableText } from '../../domain/text/storable';
import { err, ok, type Result } from '../../domain/result';
import { invalidRequest } from '../providers/wire-error';
import type { PricedCall } from './call';
import type { Refusal } from './refusal';

const MAX_NAME_LENGTH = 256;
const MAX_TAGS = 64;
const MAX_METADATA_BYTES = 16_384;

/** Whom the call is booked to, in text that can be stored and in sizes that can be kept. */
export function snapshotOf(call: PricedCall): Result<CallSnapshot, Refusal> {
  const { request, route } = call;
  const key = call.caller.kind === 'KEY' ? call.caller.key : null;
  const customer = request.endUser ?? call.header('x-litellm-end-user-id') ?? null;
  if (customer !== null && customer.length > MAX_NAME_LENGTH)
    return err(invalidRequest('user', `"user" is longer than ${MAX_NAME_LENGTH} characters.`));
  const tags = [...new Set([...request.tags, ...headerTags(call), ...(key?.tags ?? [])])].map(storableText);
  if (tags.length > MAX_TAGS || tags.some((tag) => tag.length > MAX_NAME_LENGTH))
    return err(
      invalidRequest('tags', `A call has at most ${MAX_TAGS} tags of ${MAX_NAME_LENGTH} characters.`),
    );
  if (Buffer.byteLength(JSON.stringify(request.metadata)) > MAX_METADATA_BYTES)
    return err(invalidRequest('metadata', `"metadata" is larger than ${MAX_METADATA_BYTES} bytes.`));
  if (request.model.length > MAX_NAME_LENGTH)
    return err(invalidRequest('model', `"model" is longer than ${MAX_NAME_LENGTH} characters.`));
  return ok({
    organizationId: key?.organizationId ?? DEFAULT_ORGANIZATION_ID,
    organizationName: key?.organizationName ?? '',
    teamId: key?.teamId ?? null,
    teamName: key?.teamName ?? null,
    projectId: key?.projectId ?? null,
    userId: key?.userId ?? null,
    keyId: key?.keyId ?? null,
    keyAlias: key?.alias ?? null,
    customerId: customer === null ? null : storableText(customer),
    tags,
    metadata: storableJson(request.metadata) as Record<string, unknown>,
    provider: route.provider,
    deploymentId: route.deploymentId,
    model: storableText(request.model),
    endpoint: call.endpoint,
    stream: request.stream,
  });
}

function headerTags(call: PricedCall): string[] {
  const text = call.header('x-litellm-tags') ?? '';
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
