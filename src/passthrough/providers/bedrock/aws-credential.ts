import { sign } from 'aws4';
import { asRecord, asText } from '../../../domain/metering/json';
import { AppError } from '../../../platform/errors';
import type { OutgoingRequest, Upstream } from '../provider';

/** Keys that sign requests, or one of Bedrock's own API keys, which is sent as it is. */
type AwsCredential =
  | {
      readonly kind: 'SIGNED';
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string;
      readonly region: string | null;
    }
  | { readonly kind: 'BEARER'; readonly token: string };

/**
 * A deployment's secret is either an API key of Bedrock (https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html)
 * or a JSON object of `aws_access_key_id`, `aws_secret_access_key`, and if need be `aws_session_token` and
 * `aws_region_name`, as LiteLLM names them.
 */
function readCredential(secret: string | null): AwsCredential {
  if (secret?.trimStart().startsWith('{') !== true) return { kind: 'BEARER', token: secret ?? '' };
  const parts = parse(secret);
  const [accessKeyId, secretAccessKey] = [
    asText(parts?.['aws_access_key_id']),
    asText(parts?.['aws_secret_access_key']),
  ];
  if (accessKeyId === null || secretAccessKey === null) {
    throw new AppError(
      'UNAVAILABLE',
      'The AWS credential of the deployment is no JSON object with "aws_access_key_id" and "aws_secret_access_key".',
    );
  }
  const sessionToken = asText(parts?.['aws_session_token']);
  const region = asText(parts?.['aws_region_name']);
  return {
    kind: 'SIGNED',
    accessKeyId,
    secretAccessKey,
    region,
    ...(sessionToken !== null && { sessionToken }),
  };
}

/** The region of the deployment, of its credential, or in its address. */
export function regionOf({ parameters, apiKey, apiBase }: Upstream): string {
  const credential = readCredential(apiKey);
  const ofCredential = credential.kind === 'SIGNED' ? credential.region : null;
  const inAddress = /\bbedrock[\w-]*\.([a-z0-9-]+)\./.exec(apiBase)?.[1] ?? null;
  const region = parameters.aws_region_name ?? ofCredential ?? inAddress;
  if (region !== null) return region;
  throw new AppError('UNAVAILABLE', 'The deployment does not say its region. Set "aws_region_name".');
}

/** Headers that let the request in: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html. */
export function signedHeaders(
  outgoing: OutgoingRequest,
  headers: Record<string, string>,
): Record<string, string> {
  const { upstream, url, method, body, atMs } = outgoing;
  const credential = readCredential(upstream.apiKey);
  if (credential.kind === 'BEARER') return { ...headers, authorization: `Bearer ${credential.token}` };
  const { host, pathname, search } = new URL(url);
  // The date in AWS's short form, from the clock of the call.
  const date = new Date(atMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const request = {
    ...{ host, path: `${pathname}${search}`, method, service: 'bedrock', region: regionOf(upstream) },
    headers: { ...headers, host, 'X-Amz-Date': date },
    ...(body !== null && { body }),
  };
  const signed = sign(request, credential).headers ?? {};
  const entries = Object.entries(signed).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  // The client of HTTP writes these two itself, and writes the same.
  return Object.fromEntries(entries.filter(([name]) => name !== 'host' && name !== 'content-length'));
}

function parse(text: string): ReturnType<typeof asRecord> {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}
