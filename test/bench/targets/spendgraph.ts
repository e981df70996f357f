import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphqlClient } from '../../support/graphql-client';
import { MODEL } from '../mock-provider/answers';
import { NodeProcess } from '../node-process';
import { LedgerReader } from './ledger-reader';
import { ROOT, SERVER } from './paths';
import { CHAT_PATH, type Target } from './target';

/** The server under test, and what is needed to prove its ledger afterwards. */
export interface SpendgraphTarget extends Target {
  readonly dataDir: string;
  readonly ledger: LedgerReader;
}

/** Dollars per token, as the configuration says them. */
export const INPUT_PRICE = '0.000001';
export const OUTPUT_PRICE = '0.000002';

/** More than any run can spend, so that limits are enforced and never refuse. */
const LIMIT_DOLLARS = '1000000';
const FOLDER_PREFIX = join(tmpdir(), 'spendgraph-bench-');

/**
 * Starts the server as an operator does, and makes an organization, a team and a key with a limit in dollars on each.
 * Nothing is switched off: PostgreSQL writes through to the disk before a call is let through.
 */
export async function startSpendgraph(
  mockUrl: string,
  nodeFlags: readonly string[] = [],
): Promise<SpendgraphTarget> {
  const dataDir = await mkdtemp(FOLDER_PREFIX);
  // Started by root, PostgreSQL runs as another user, who has to reach its files through this folder; else they are kept
  // elsewhere and outlive it.
  await chmod(dataDir, 0o755);
  const masterKey = `sk-${randomBytes(24).toString('hex')}`;
  const config = join(dataDir, 'config.yaml');
  await writeFile(config, yaml(mockUrl));
  const { process, url } = await NodeProcess.start({
    args: [...nodeFlags, SERVER],
    cwd: ROOT,
    env: {
      HOST: '127.0.0.1',
      PORT: '0',
      SPENDGRAPH_DATA_DIR: dataDir,
      SPENDGRAPH_MASTER_KEY: masterKey,
      SPENDGRAPH_CONFIG: config,
      SPENDGRAPH_LOG_LEVEL: 'warn',
    },
    ready: /GraphQL\s+(\S+)\/graphql/,
  });
  const secret = await makeKey(new GraphqlClient(url, masterKey));
  const ledger = await LedgerReader.open(dataDir);
  return {
    name: 'spendgraph',
    url: `${url}${CHAT_PATH}`,
    headers: { authorization: `Bearer ${secret}` },
    pid: process.pid,
    dataDir,
    ledger,
    settle: () => ledger.waitUntilSettled(),
    stop: async () => {
      await ledger.close();
      await process.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function yaml(mockUrl: string): string {
  return `model_list:
  - model_name: ${MODEL}
    litellm_params:
      model: openai/${MODEL}
      api_base: ${mockUrl}/v1
      api_key: bench
      input_cost_per_token: ${INPUT_PRICE}
      output_cost_per_token: ${OUTPUT_PRICE}
`;
}

interface Made {
  readonly id: string;
}

async function makeKey(graphql: GraphqlClient): Promise<string> {
  const { createOrganization } = await graphql.ask<{ createOrganization: { organization: Made } }>(
    `mutation { createOrganization(input: { name: "Bench" }) { organization { id } userErrors { message } } }`,
  );
  const organizationId = createOrganization.organization.id;
  const { createTeam } = await graphql.ask<{ createTeam: { team: Made } }>(
    `mutation ($organizationId: ID!) {
       createTeam(input: { name: "Bench", organizationId: $organizationId }) { team { id } userErrors { message } }
     }`,
    { organizationId },
  );
  const teamId = createTeam.team.id;
  const { createKey } = await graphql.ask<{ createKey: { key: Made; secret: string } }>(
    `mutation ($teamId: ID!) {
       createKey(input: { alias: "bench", teamId: $teamId }) { key { id } secret userErrors { message } }
     }`,
    { teamId },
  );
  await setLimit(graphql, 'ORGANIZATION', organizationId);
  await setLimit(graphql, 'TEAM', teamId);
  await setLimit(graphql, 'KEY', createKey.key.id);
  return createKey.secret;
}

async function setLimit(graphql: GraphqlClient, scope: string, scopeId: string): Promise<void> {
  const input = { scope, scopeId, unit: 'USD', amount: LIMIT_DOLLARS, duration: '1mo' };
  const { setLimit: payload } = await graphql.ask<{ setLimit: { userErrors: { message: string }[] } }>(
    `mutation ($input: SetLimitInput!) { setLimit(input: $input) { limit { id } userErrors { message } } }`,
    { input },
  );
  if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
}
