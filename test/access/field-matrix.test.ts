import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { startApp, type TestApp } from '../support/app';
import type { GraphqlClient } from '../support/graphql-client';
import { makeTenants, ROLES, type Role, type Tenants } from '../support/tenants';
import { freshAlert, freshAlertChannel, freshAlertRule, PRIVATE_RECEIVERS } from './alert-operations';
import { auditEntryOf } from './audit-operations';
import { freshExport, freshExportSchedule } from './export-operations';
import { FIELD_MATRIX } from './field-matrix';

const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));

describe('what each role sees of an object', () => {
  let app: TestApp;
  let tenants: Tenants;
  let subjects: Record<string, { query: string; id: string }>;

  beforeAll(async () => {
    app = await startApp({ environment: PRIVATE_RECEIVERS });
    tenants = await makeTenants(app);
    const { own } = tenants;
    const { master } = app;
    const team = { organizationId: own.organizationId, teamId: own.teamId };
    await master.do(
      'setLimit',
      'SetLimitInput',
      { scope: 'TEAM', scopeId: own.teamId, unit: 'USD', amount: '9' },
      'limit { id }',
    );
    const deployment = await master.do<{ deployment: { id: string } }>(
      'createDeployment',
      'CreateDeploymentInput',
      { model: 'own-model', provider: 'openai', upstreamModel: 'gpt-4o' },
      'deployment { id }',
    );
    const contract = await master.do<{ price: { id: string } }>(
      'setPrice',
      'SetPriceInput',
      {
        scope: 'TEAM',
        scopeId: team.teamId,
        model: 'own-model',
        rates: [{ unit: 'INPUT_TEXT', usdPerMillion: '1' }],
      },
      'price { id }',
    );
    const credential = await master.do<{ credential: { id: string } }>(
      'createCredential',
      'CreateCredentialInput',
      { name: 'own', provider: 'openai', secret: 'x' },
      'credential { id }',
    );
    const adjustment = await master.do<{ priceAdjustment: { id: string } }>(
      'setPriceAdjustment',
      'SetPriceAdjustmentInput',
      { scope: 'TEAM', scopeId: own.teamId, discount: '0.1', marginFixedUsd: '0.01', reason: 'a test' },
      'priceAdjustment { id }',
    );
    const imported = await master.do<{ priceImport: { id: string } }>(
      'importPrices',
      'ImportPricesInput',
      { map: '{"some-model":{"input_cost_per_token":1e-6,"output_cost_per_token":2e-6}}' },
      'priceImport { id }',
    );
    subjects = {
      AuditEntry: { query: 'auditEntry', id: await auditEntryOf(app, tenants) },
      ServiceAccount: { query: 'serviceAccount', id: own.serviceAccountId },
      Organization: { query: 'organization', id: own.organizationId },
      Team: { query: 'team', id: own.teamId },
      Project: { query: 'project', id: own.projectId },
      User: { query: 'user', id: own.userId },
      VirtualKey: { query: 'key', id: own.keyId },
      Limit: { query: 'limit', id: own.limitId },
      Customer: { query: 'customer', id: own.customerId },
      LimitTemplate: { query: 'limitTemplate', id: own.templateId },
      SpendLog: { query: 'spendLog', id: own.spendId },
      Deployment: { query: 'deployment', id: deployment.deployment.id },
      Credential: { query: 'credential', id: credential.credential.id },
      Price: { query: 'price', id: contract.price.id },
      PriceAdjustment: { query: 'priceAdjustment', id: adjustment.priceAdjustment.id },
      PriceImport: { query: 'priceImport', id: imported.priceImport.id },
      Export: { query: 'export', id: await freshExport(app, tenants) },
      ExportSchedule: {
        query: 'exportSchedule',
        id: (await freshExportSchedule(app, tenants)).exportScheduleId,
      },
      Alert: { query: 'alert', id: (await freshAlert(app, tenants)).alertId },
      AlertChannel: { query: 'alertChannel', id: (await freshAlertChannel(app, tenants)).alertChannelId },
      AlertRule: { query: 'alertRule', id: (await freshAlertRule(app, tenants)).alertRuleId },
    };
  });

  afterAll(async () => {
    await app.close();
  });

  it.each(Object.keys(FIELD_MATRIX))('%s', async (name) => {
    const subject = subjects[name];
    const type = schema.getType(name);
    if (!subject || !isObjectType(type)) throw new Error(`There is no ${name} to look at`);
    const fields = Object.values(type.getFields()).filter((field) => !field.args.some(isRequiredArgument));
    const rows: Record<string, string> = Object.fromEntries(fields.map((field) => [field.name, '']));
    for (const role of ROLES) {
      const column = await seenBy(tenants.clients[role], subject, fields);
      for (const field of fields) rows[field.name] = `${rows[field.name] ?? ''}${column[field.name] ?? ''}`;
    }
    expect(rows).toEqual(FIELD_MATRIX[name]);
    expect(await seenBy(tenants.serviceAccount, subject, fields)).toEqual(columnOf(rows, 'teamAdmin'));
  });

  it('is written down for every kind of object that has an id', () => {
    const nodes = Object.values(schema.getTypeMap()).filter(
      (type): type is GraphQLObjectType =>
        isObjectType(type) && type.getInterfaces().some((each) => each.name === 'Node'),
    );
    const inside = [
      ...['AccessToken', 'CallInFlight', 'LimitWindow', 'OrganizationMember', 'TeamMember'],
      ...['LimitAdjustment', 'LimitIncrease', 'TemplateAssignment', 'AlertDelivery'],
    ];
    expect([...Object.keys(FIELD_MATRIX), ...inside].sort()).toEqual(nodes.map((type) => type.name).sort());
  });
});

type Subject = Readonly<{ query: string; id: string }>;
type Fields = readonly GraphQLField<unknown, unknown>[];

/** What somebody sees of each field. */
async function seenBy(
  client: GraphqlClient,
  subject: Subject,
  fields: Fields,
): Promise<Record<string, string>> {
  const query = `query ($id: ID!) { ${subject.query}(id: $id) { ${fields.map(selection).join(' ')} } }`;
  const answer = await client.raw<Record<string, Record<string, unknown> | null>>(query, { id: subject.id });
  const seen = answer.data?.[subject.query] ?? null;
  const messages = answer.errors?.map((each) => each.message);
  return Object.fromEntries(fields.map((field) => [field.name, outcome(seen, field, messages)]));
}

function columnOf(rows: Readonly<Record<string, string>>, role: Role): Record<string, string> {
  const place = ROLES.indexOf(role);
  return Object.fromEntries(Object.entries(rows).map(([field, row]) => [field, row[place] ?? '']));
}

function selection(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return field.name;
  const isConnection = type.name.endsWith('Connection');
  return `${field.name} { ${isConnection ? 'nodes { __typename }' : '__typename'} }`;
}

/** Y: has a value. 0: null or an empty list. -: the object itself is not there. E: an error. */
function outcome(
  seen: Record<string, unknown> | null,
  field: GraphQLField<unknown, unknown>,
  errors?: string[],
): string {
  if (errors && seen === null) return errors.some((each) => each.includes('credential')) ? '-' : 'E';
  if (seen === null) return '-';
  const value = seen[field.name];
  if (value === null || value === undefined) return '0';
  const nodes = typeof value === 'object' && 'nodes' in value ? (value as { nodes: unknown[] }).nodes : null;
  return nodes?.length === 0 ? '0' : 'Y';
}
