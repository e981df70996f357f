import { createHash, createHmac, type BinaryLike } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { signedHeaders } from '../../src/passthrough/providers/bedrock/aws-credential';
import { outgoingTo, upstreamAt } from '../support/outgoing';

const CREDENTIAL = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** What AWS's own signer hashes with, on Node's. */
class Sha256 {
  private readonly hash;
  constructor(secret?: unknown) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as BinaryLike);
  }
  update(data: Uint8Array | string): void {
    this.hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
  reset(): void {
    throw new Error('never used');
  }
}

describe('the signature of a request to Bedrock', () => {
  it.each([
    ['/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse', undefined],
    ['/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fus.meta.llama/invoke', 'token/+='],
    ['/a%20b/model/x/converse-stream', undefined],
  ])("is the one that AWS's own signer makes (%s)", async (path, sessionToken) => {
    const body = '{"messages":[{"role":"user","content":[{"text":"ä"}]}]}';
    const host = 'bedrock-runtime.eu-west-1.amazonaws.com';
    const credential = { ...CREDENTIAL, ...(sessionToken !== undefined && { sessionToken }) };
    const secret = JSON.stringify({
      aws_access_key_id: credential.accessKeyId,
      aws_secret_access_key: credential.secretAccessKey,
      aws_session_token: sessionToken,
    });
    const upstream = upstreamAt(`https://${host}`, { apiKey: secret });
    const outgoing = outgoingTo(upstream, { url: `https://${host}${path}`, body, atMs: AT_MS });
    const ours = signedHeaders(outgoing, { 'content-type': 'application/json' });
    const signer = new SignatureV4({
      service: 'bedrock',
      region: 'eu-west-1',
      credentials: credential,
      sha256: Sha256,
      applyChecksum: false,
    });
    const theirs = await signer.sign(
      {
        ...{ method: 'POST', protocol: 'https:', hostname: host, path, body },
        headers: {
          host,
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
        },
      },
      { signingDate: new Date(AT_MS) },
    );
    expect(ours['authorization']?.replace(/, /g, ',')).toBe(
      theirs.headers['authorization']?.replace(/, /g, ','),
    );
    expect(ours['x-amz-date']).toBe('20260102T030405Z');
  });
});
