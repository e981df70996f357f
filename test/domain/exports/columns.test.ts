import fc from 'fast-check';
import { csvCells, inertText, jsonLine } from '../../../src/domain/exports/column';
import { FOCUS_COLUMNS } from '../../../src/domain/exports/focus-columns';
import { SPEND_COLUMNS } from '../../../src/domain/exports/spend-columns';
import type { SpendRecord } from '../../../src/domain/exports/spend-record';
import { linesText } from '../../../src/exports/write-lines';
import { readCsv } from '../../support/read-csv';

/** FOCUS 1.2, feature level "Mandatory". */
const MANDATORY = `BilledCost BillingAccountId BillingAccountName BillingCurrency BillingPeriodEnd BillingPeriodStart
  ChargeCategory ChargeClass ChargeDescription ChargePeriodEnd ChargePeriodStart ContractedCost EffectiveCost
  InvoiceIssuerName ListCost PricingQuantity PricingUnit ProviderName PublisherName ServiceCategory ServiceName`;

const USD = 1_000_000_000_000n;

/** What formulas begin with, and what spreadsheets skip before one. */
const SIGNS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

const CALL: SpendRecord = {
  ...{ id: 'spend_1', kind: 'CALL', callId: 'call_1', status: 'SUCCESS', pricingStatus: 'PRICED' },
  admittedAtMs: Date.parse('2026-11-30T23:59:58.750Z'),
  bookedAtMs: Date.parse('2026-12-01T00:00:03Z'),
  cost: 95n * 10n ** 10n,
  priceId: 'price_1',
  costBreakdown: { input: '0.4', output: '0.6', discount: '-0.1', margin: '0.05' },
  ...{ hold: USD, overrun: 0n, requests: 1, usageSource: 'PROVIDER' },
  usage: { inputText: 70, inputCacheRead: 30, outputText: 20 },
  ...{ inputTokens: 100n, outputTokens: 20n },
  ...{ organizationId: 'org_1', organizationName: 'Acme', teamId: 'team_1', teamName: 'Red, "the" team' },
  ...{ projectId: '', userId: 'user_1', keyId: 'key_1', keyAlias: '', customerId: '' },
  ...{ tags: ['red', '__proto__'], metadata: { a: 1 }, provider: 'openai', deploymentId: 'dep_1' },
  ...{ model: 'gpt-4o', servedModel: 'gpt-4o-2024', endpoint: '/v1/chat/completions', stream: false },
  ...{ durationMs: 5_000, firstByteMs: 200, httpStatus: 200, error: null, actor: null, reason: null },
};

const focus = (row: Partial<SpendRecord>): Record<string, unknown> =>
  JSON.parse(jsonLine(FOCUS_COLUMNS, { ...CALL, ...row })) as Record<string, unknown>;

describe('the columns of exports', () => {
  it('give spreadsheets no formula, whoever wrote the text, and leave numbers alone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SIGNS), fc.string(), (sign, rest) => {
        expect(inertText(sign + rest)).toBe(`'${sign}${rest}`);
      }),
    );
    const row = { ...CALL, keyAlias: '=cmd|calc', cost: -5n * USD, tags: ['=1+1'] };
    const [line] = readCsv(
      `${SPEND_COLUMNS.map(({ name }) => name).join(',')}\r\n${linesText('CSV', SPEND_COLUMNS, [row])}`,
    );
    expect(line).toMatchObject({ key_alias: "'=cmd|calc", cost: '-5', tags: '["=1+1"]' });
  });

  it('read back as they were written, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (error) => {
        const text = linesText('CSV', SPEND_COLUMNS, [{ ...CALL, error }]);
        const head = SPEND_COLUMNS.map(({ name }) => name).join(',');
        expect(readCsv(`${head}\r\n${text}`)[0]?.['error']).toBe(inertText(error));
        const json = JSON.parse(linesText('NDJSON', SPEND_COLUMNS, [{ ...CALL, error }])) as object;
        expect(json).toMatchObject({ error, cost: '0.95', input_tokens: 100, tags: CALL.tags });
      }),
    );
  });

  it('keep every digit of an amount', () => {
    const cost = 10n ** 37n + 1n;
    const line = jsonLine(SPEND_COLUMNS, { ...CALL, cost });
    expect(line).toContain('"cost":"10000000000000000000000000.000000000001"');
    expect(csvCells(SPEND_COLUMNS, { ...CALL, cost })).toContain('10000000000000000000000000.000000000001');
  });

  it('have every mandatory column of FOCUS 1.2, once, and others only under x_', () => {
    const names = FOCUS_COLUMNS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(MANDATORY.split(/\s+/)));
    expect(names.every((name) => /^(?:x_)?[A-Z][A-Za-z]+$/.test(name))).toBe(true);
  });

  it('tell in FOCUS what a call cost, what it would cost by list, when, and whose it was', () => {
    expect(focus({})).toMatchObject({
      ...{ BilledCost: '0.95', EffectiveCost: '0.95', ContractedCost: '0.95', ListCost: '1' },
      ...{ BillingCurrency: 'USD', BillingAccountId: 'org_1', BillingAccountName: 'Acme' },
      ...{ BillingPeriodStart: '2026-11-01T00:00:00Z', BillingPeriodEnd: '2026-12-01T00:00:00Z' },
      // A period that would reach into the next month ends with its own.
      ...{ ChargePeriodStart: '2026-11-30T23:59:58Z', ChargePeriodEnd: '2026-12-01T00:00:00Z' },
      ...{ ChargeCategory: 'Usage', ChargeClass: null, PricingQuantity: '120', PricingUnit: 'Tokens' },
      ...{ ServiceCategory: 'AI and Machine Learning', SubAccountName: 'Red, "the" team' },
      Tags: { red: true, ['__proto__']: true },
    });
    const unknown = { provider: '', inputTokens: 0n, outputTokens: 0n, cost: null, costBreakdown: null };
    expect(focus({ ...unknown, pricingStatus: 'UNPRICED' })).toMatchObject({
      ...{ BilledCost: '0', ListCost: '0', x_PricingStatus: 'UNPRICED' },
      ...{ ProviderName: 'unknown', PricingQuantity: '1', PricingUnit: 'Requests' },
    });
  });

  it('tell in FOCUS corrections of past months from those of the same, and credits from usage', () => {
    const correction = { kind: 'ADJUSTMENT', cost: -USD, costBreakdown: null, reason: 'Late bill' } as const;
    expect(focus(correction)).toMatchObject({
      ...{ ChargeCategory: 'Usage', ChargeClass: 'Correction', BilledCost: '-1' },
      ChargeDescription: 'Correction of a call of gpt-4o: Late bill',
    });
    expect(focus({ ...correction, bookedAtMs: CALL.admittedAtMs })).toMatchObject({ ChargeClass: null });
    expect(focus({ ...correction, callId: null })).toMatchObject({
      ...{ ChargeCategory: 'Adjustment', ChargeFrequency: 'One-Time', PricingQuantity: null },
    });
  });
});
