import { DEMO_MODEL } from '../domain/metering/demo-answer';
import type { Config } from '../platform/config';

/** What a newcomer needs after the start: where things are, the key, and a line to paste. */
export function startMessage(config: Config, started: { url: string; databaseAddress: string }): string {
  const { url, databaseAddress } = started;
  const { http, masterKey, spending } = config;
  const key = masterKey.source === 'SETTING' ? '(as set by SPENDGRAPH_MASTER_KEY)' : masterKey.value;
  const lines = [
    '',
    'spendgraph is ready.',
    '',
    `  Page        ${url}/ui     sign in with the master key`,
    `  GraphQL     ${url}/graphql     ${http.servesGraphiql ? 'a sandbox in the browser' : 'npm run dev adds a sandbox'}`,
    `  OpenAI      ${url}/v1          base URL for the OpenAI SDKs`,
    `  Anthropic   ${url}             base URL for the Anthropic SDKs`,
    `  Health      ${url}/health/readiness`,
    `  Database    ${databaseAddress}`,
    `  Master key  ${key}`,
  ];
  if (masterKey.file !== null) lines.push(`              kept in ${masterKey.file}`);
  if (!spending.offersDemoModel) return [...lines, ''].join('\n');
  const secret = masterKey.source === 'SETTING' ? '$SPENDGRAPH_MASTER_KEY' : masterKey.value;
  const body = JSON.stringify({ model: DEMO_MODEL, messages: [{ role: 'user', content: 'Hello' }] });
  return [
    ...lines,
    '',
    'Try a metered call; its cost is in the header x-litellm-response-cost:',
    '',
    `curl -si ${url}/v1/chat/completions -H "Authorization: Bearer ${secret}" -H 'content-type: application/json' -d '${body}'`,
    '',
  ].join('\n');
}
