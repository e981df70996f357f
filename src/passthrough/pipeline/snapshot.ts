import { DEFAULT_ORGANIZATION_ID } from '../../organizations/organization.entity';
import type { CallSnapshot } from '../../domain/ledger/call-ask';
import { withFallback } from '../../domain/ledger/fallback-metadata';
import { storableJson, storableText } from '../../domain/text/storable';
import { err, ok, type Result } from '../../domain/result';
import { invalidRequest } from '../providers/wire-error';
import type { Caller, PricedCall } from './call';
import type { AttributionRules } from './ports';
import type { Refusal } from './refusal';

const MAX_NAME_LENGTH = 256;
const MAX_TAGS = 64;
const MAX_METADATA_BYTES = 16_384;

type Owner = Pick<
  CallSnapshot,
  | 'organizationId'
  | 'organizationName'
  | 'teamId'
  | 'teamName'
  | 'projectId'
  | 'userId'
  | 'keyId'
  | 'keyAlias'
>;

/** Whom a call without key is booked to: the organization that is always there. */
const NO_KEY: Owner = {
  organizationId: DEFAULT_ORGANIZATION_ID,
  organizationName: '',
  teamId: null,
  teamName: null,
  projectId: null,
  userId: null,
  keyId: null,
  keyAlias: null,
};

/** Whom the call is booked to, in text that can be stored and in sizes that can be kept. */
export function snapshotOf(call: PricedCall, rules: AttributionRules): Result<CallSnapshot, Refusal> {
  const { request, route } = call;
  const customer = customerOf(call, rules);
  const tags = tagsOf(call, rules);
  const metadata = withFallback(request.metadata, call.fallback);
  const refused = againstRules(call, customer, rules) ?? tooLarge(call, customer, tags);
  if (refused) return err(refused);
  return ok({
    ...ownerOf(call.caller),
    customerId: customer === null ? null : storableText(customer),
    tags,
    metadata: isEmpty(metadata) ? metadata : (storableJson(metadata) as Record<string, unknown>),
    provider: route.provider,
    deploymentId: route.deploymentId,
    model: storableText(request.model),
    modelNames: modelNames(call).map(storableText),
    endpoint: call.endpoint,
    stream: request.stream,
  });
}

function ownerOf(caller: Caller): Owner {
  if (caller.kind === 'MASTER') return NO_KEY;
  const { organizationId, organizationName, teamId, teamName, projectId, userId, keyId, alias } = caller.key;
  return { organizationId, organizationName, teamId, teamName, projectId, userId, keyId, keyAlias: alias };
}

/** Whom a call is for: what its body says, LiteLLM's header, or that of the configuration. */
function customerOf({ request, header }: PricedCall, { customerHeader }: AttributionRules): string | null {
  const named = request.endUser ?? header('x-litellm-end-user-id');
  return named ?? (customerHeader === null ? null : (header(customerHeader) ?? null));
}

function againstRules(
  { request }: PricedCall,
  customer: string | null,
  rules: AttributionRules,
): Refusal | null {
  if (rules.needsCustomer && (customer ?? '') === '')
    return invalidRequest('user', 'Calls have to name the customer whom they are made for, in "user".');
  if (rules.refusesBodyTags && request.tags.length > 0)
    return invalidRequest('tags', 'Tags in the body of a call are not taken here. Leave "tags" out of it.');
  return null;
}

function tooLarge({ request }: PricedCall, customer: string | null, tags: readonly string[]): Refusal | null {
  if (customer !== null && customer.length > MAX_NAME_LENGTH)
    return invalidRequest('user', `"user" is longer than ${MAX_NAME_LENGTH} characters.`);
  if (tags.length > MAX_TAGS || tags.some((tag) => tag.length > MAX_NAME_LENGTH))
    return invalidRequest('tags', `A call has at most ${MAX_TAGS} tags of ${MAX_NAME_LENGTH} characters.`);
  if (!isEmpty(request.metadata) && Buffer.byteLength(JSON.stringify(request.metadata)) > MAX_METADATA_BYTES)
    return invalidRequest('metadata', `"metadata" is larger than ${MAX_METADATA_BYTES} bytes.`);
  if (request.model.length > MAX_NAME_LENGTH)
    return invalidRequest('model', `"model" is longer than ${MAX_NAME_LENGTH} characters.`);
  return null;
}

/** What the request, its headers and the key name, each tag once. */
function tagsOf(call: PricedCall, { tagHeaders }: AttributionRules): string[] {
  const keyTags = call.caller.kind === 'KEY' ? call.caller.key.tags : [];
  const ofHeaders = tagHeaders.flatMap((name) => {
    const value = call.header(name) ?? '';
    return value === '' ? [] : [`${name}: ${value}`];
  });
  const named = call.request.tags.length + keyTags.length + ofHeaders.length;
  if (named === 0 && call.header('x-litellm-tags') === undefined) return [];
  const all = [...call.request.tags, ...headerTags(call), ...ofHeaders, ...keyTags];
  return [...new Set(all)].map(storableText);
}

function isEmpty(metadata: object): boolean {
  for (const _name in metadata) return false;
  return true;
}

function headerTags(call: PricedCall): string[] {
  const text = call.header('x-litellm-tags') ?? '';
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** The name asked for, and the provider's own with and without it in front: a limit on any of them holds. */
function modelNames({ route }: PricedCall): string[] {
  const { provider, upstreamModel, names } = route;
  return [...names, upstreamModel, `${provider}/${upstreamModel}`];
}
