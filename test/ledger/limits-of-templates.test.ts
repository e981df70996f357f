import type { CallAsk } from '../../src/domain/ledger/call-ask';
import { bookRatings } from '../../src/ledger/rerate.repository';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import type { SetLimit } from '../../src/limits/limit-input';
import { AssignmentService } from '../../src/templates/assignment.service';
import { TemplateService } from '../../src/templates/template.service';
import { valueOf } from '../support/feature';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../support/ledger';

const USD = 1_000_000_000_000n;

type Snapshot = Partial<CallAsk['snapshot']>;

describe('the limits of templates', () => {
  let fixture: LedgerFixture;
  let templates: TemplateService;
  let assignments: AssignmentService;
  let count = 0;

  beforeAll(async () => {
    fixture = await startLedger();
    templates = new TemplateService(fixture.db, { publish: () => undefined });
    assignments = new AssignmentService(fixture.db);
    await fixture.pool.query(`
      INSERT INTO organizations (id, name) VALUES ('org_a', 'A'), ('org_b', 'B');
      INSERT INTO users (id) VALUES ('user_1'), ('user_2');
      INSERT INTO teams (id, organization_id, name) VALUES ('team_x', 'org_a', 'X'), ('team_y', 'org_a', 'Y');
      INSERT INTO virtual_keys (id, organization_id, team_id, user_id, display, created_by) VALUES
        ('key_1', 'org_a', 'team_x', 'user_1', 'sk', 'test'), ('key_2', 'org_a', 'team_x', 'user_2', 'sk', 'test'),
        ('key_3', 'org_a', 'team_y', 'user_1', 'sk', 'test'), ('key_4', 'org_b', NULL, NULL, 'sk', 'test')`);
  });
  afterEach(async () => {
    const report = await verifyLedger(fixture.pool);
    expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  });
  afterAll(() => fixture.close());

  async function template(terms: Partial<SetLimit> = {}): Promise<{ id: string; limitId: string }> {
    const id = `tmpl_${(count += 1)}`;
    valueOf(await templates.create(fixture.master, { id, name: id }));
    const limit = { scope: 'TEMPLATE', scopeId: id, unit: 'USD', amount: '10', duration: '1d' } as const;
    const limitId = valueOf(await fixture.limits.set(fixture.master, { ...limit, ...terms })).id;
    return { id, limitId };
  }

  async function spend(cost: bigint, of: Snapshot): Promise<void> {
    const ask = anAsk(cost, { keyVersion: 1 }, { organizationId: 'org_a', ...of });
    expect(await fixture.ledger.reserve(ask)).toMatchObject({ kind: 'ADMITTED' });
    await fixture.ledger.settle(settledAt(ask.callId, cost));
  }

  async function verdictOn(cost: bigint, of: Snapshot): Promise<string> {
    const ask = anAsk(cost, { keyVersion: 1 }, { organizationId: 'org_a', ...of });
    const verdict = await fixture.ledger.reserve(ask);
    if (verdict.kind === 'ADMITTED') await fixture.ledger.settle(settledAt(ask.callId, 0n));
    return verdict.kind === 'REFUSED'
      ? `REFUSED at ${verdict.refusal.limit.scope} ${verdict.refusal.limit.scopeId}`
      : verdict.kind;
  }

  const key = (scopeId: string) => ({ holder: { scope: 'KEY' as const, scopeId } });

  it('hold each holder by itself, count what it spent before, and change for all at once', async () => {
    const { id, limitId } = await template();
    await spend(6n * USD, { keyId: 'key_1', teamId: 'team_x' });
    for (const scopeId of ['key_1', 'key_2'])
      valueOf(await assignments.assign(fixture.master, { templateId: id, ...key(scopeId) }));
    expect(await verdictOn(5n * USD, { keyId: 'key_1' })).toBe('REFUSED at KEY key_1');
    expect(await verdictOn(5n * USD, { keyId: 'key_2' })).toBe('ADMITTED');
    expect(await verdictOn(50n * USD, { keyId: 'key_3' })).toBe('ADMITTED');
    valueOf(await fixture.limits.update(fixture.master, { limitId, amount: '4' }));
    expect(await verdictOn(5n * USD, { keyId: 'key_2' })).toBe('REFUSED at KEY key_2');
    valueOf(await fixture.limits.update(fixture.master, { limitId, duration: '1mo', amount: '12' }));
    expect(await verdictOn(5n * USD, { keyId: 'key_1' })).toBe('ADMITTED');
    expect(await verdictOn(7n * USD, { keyId: 'key_1' })).toBe('REFUSED at KEY key_1');
    valueOf(await templates.remove(fixture.master, id));
    expect(await verdictOn(70n * USD, { keyId: 'key_1' })).toBe('ADMITTED');
  });

  it('count calls in flight of a holder that they are given to', async () => {
    const { id } = await template();
    const ask = anAsk(6n * USD, { keyVersion: 1 }, { organizationId: 'org_b', keyId: 'key_4' });
    await fixture.ledger.reserve(ask);
    const given = valueOf(await assignments.assign(fixture.master, { templateId: id, ...key('key_4') }));
    const next: Snapshot = { organizationId: 'org_b', keyId: 'key_4' };
    expect(await verdictOn(5n * USD, next)).toBe('REFUSED at KEY key_4');
    await fixture.ledger.settle(settledAt(ask.callId, USD));
    expect(await verdictOn(5n * USD, next)).toBe('ADMITTED');
    valueOf(await assignments.unassign(fixture.master, given.id));
    expect(await verdictOn(50n * USD, next)).toBe('ADMITTED');
    valueOf(await assignments.assign(fixture.master, { templateId: id, ...key('key_4') }));
    expect(await verdictOn(10n * USD, next)).toBe('REFUSED at KEY key_4');
  });

  it('take what a call is rated anew, as do limits of customers', async () => {
    const byName = await template();
    const byDefault = await template();
    valueOf(await assignments.assign(fixture.master, { templateId: byName.id, ...key('key_1') }));
    const defaultFor = { each: 'CUSTOMER', within: 'TEAM', withinId: 'team_x' } as const;
    const given = valueOf(await assignments.assign(fixture.master, { templateId: byDefault.id, defaultFor }));
    const customer = { scope: 'CUSTOMER', scopeId: 'rated', organizationId: 'org_a' } as const;
    const own = valueOf(
      await fixture.limits.set(fixture.master, { ...customer, unit: 'USD', amount: '90', models: ['*'] }),
    );
    await spend(USD, { keyId: 'key_1', teamId: 'team_x', customerId: 'rated' });
    const { rows } = await fixture.pool.query<{ id: string; at: string; seq: string }>(
      `SELECT id, admitted_at::text AS at, seq::text FROM spend_logs WHERE customer_id = 'rated'`,
    );
    const rating = {
      ...{ spendId: rows[0]?.id ?? '', admittedAt: rows[0]?.at ?? '', lastSeq: rows[0]?.seq ?? '' },
      ...{ difference: 2n * USD, status: 'PRICED' as const, priceId: null, breakdown: {} },
    };
    const booked = await bookRatings(fixture.pool, [rating], { actor: 'test', reason: 'a late price' });
    expect([...booked.limitIds].sort()).toEqual([byName.limitId, byDefault.limitId, own.id].sort());
    valueOf(await fixture.limits.remove(fixture.master, own.id));
    valueOf(await assignments.unassign(fixture.master, given.id));
    valueOf(await templates.remove(fixture.master, byName.id));
  });

  it('hold each customer within a team by default, those who were there before and those who come', async () => {
    const { id } = await template();
    await spend(7n * USD, { teamId: 'team_x', customerId: 'old' });
    await spend(7n * USD, { teamId: 'team_y', customerId: 'old' });
    const defaultFor = { each: 'CUSTOMER', within: 'TEAM', withinId: 'team_x' } as const;
    const given = valueOf(await assignments.assign(fixture.master, { templateId: id, defaultFor }));
    expect(await verdictOn(5n * USD, { teamId: 'team_x', customerId: 'old' })).toBe(
      'REFUSED at CUSTOMER org_a/old',
    );
    expect(await verdictOn(5n * USD, { teamId: 'team_y', customerId: 'old' })).toBe('ADMITTED');
    expect(await verdictOn(11n * USD, { teamId: 'team_x', customerId: 'new' })).toBe(
      'REFUSED at CUSTOMER org_a/new',
    );
    expect(await verdictOn(9n * USD, { teamId: 'team_x', customerId: 'new' })).toBe('ADMITTED');
    expect(await verdictOn(99n * USD, { teamId: 'team_x' })).toBe('ADMITTED');
    valueOf(await assignments.unassign(fixture.master, given.id));
    expect(await verdictOn(11n * USD, { teamId: 'team_x', customerId: 'new' })).toBe('ADMITTED');
  });

  it('give way to a limit of the same unit on the holder itself, and hold again when that is gone', async () => {
    const { id } = await template();
    const defaultFor = { each: 'TEAM_MEMBER', within: 'TEAM', withinId: 'team_y' } as const;
    await fixture.pool.query(`INSERT INTO team_members (id, organization_id, team_id, user_id, role)
      VALUES ('mem_y', 'org_a', 'team_y', 'user_1', 'MEMBER')`);
    valueOf(await assignments.assign(fixture.master, { templateId: id, defaultFor }));
    const member: Snapshot = { teamId: 'team_y', userId: 'user_1' };
    await spend(8n * USD, member);
    expect(await verdictOn(3n * USD, member)).toBe('REFUSED at TEAM_MEMBER team_y/user_1');
    const own = { scope: 'TEAM_MEMBER', scopeId: 'team_y', memberId: 'user_1' } as const;
    const more = valueOf(await fixture.limits.set(fixture.master, { ...own, unit: 'USD', amount: '20' }));
    await spend(3n * USD, member);
    expect(await verdictOn(10n * USD, member)).toBe('REFUSED at TEAM_MEMBER team_y/user_1');
    valueOf(await fixture.limits.remove(fixture.master, more.id));
    expect(await verdictOn(1n, member)).toBe('REFUSED at TEAM_MEMBER team_y/user_1');
    const calls = valueOf(
      await fixture.limits.set(fixture.master, { ...own, unit: 'REQUESTS', amount: '20' }),
    );
    expect(await verdictOn(1n, member)).toBe('REFUSED at TEAM_MEMBER team_y/user_1');
    valueOf(await fixture.limits.remove(fixture.master, calls.id));
  });

  it('of a template that a holder was given by name take the place of a default, of one level or more', async () => {
    const small = await template({ amount: '1' });
    const large = await template({ amount: '30' });
    const each = { each: 'KEY', within: 'TEAM', withinId: 'team_x' } as const;
    valueOf(await assignments.assign(fixture.master, { templateId: small.id, defaultFor: each }));
    const inAll = { each: 'KEY', within: 'ORGANIZATION', withinId: 'org_a' } as const;
    valueOf(await assignments.assign(fixture.master, { templateId: small.id, defaultFor: inAll }));
    const of: Snapshot = { teamId: 'team_x', keyId: 'key_2' };
    expect(await verdictOn(5n * USD, of)).toBe('REFUSED at KEY key_2');
    const given = valueOf(
      await assignments.assign(fixture.master, { templateId: large.id, ...key('key_2') }),
    );
    await spend(5n * USD, of);
    expect(await verdictOn(30n * USD, of)).toBe('REFUSED at KEY key_2');
    const twice = await assignments.assign(fixture.master, { templateId: large.id, ...key('key_2') });
    expect(valueOf(twice).id).toBe(given.id);
    valueOf(await assignments.unassign(fixture.master, given.id));
    expect(await verdictOn(1n, of)).toBe('REFUSED at KEY key_2');
    valueOf(await templates.remove(fixture.master, small.id));
  });

  it('of customers with the same name in two organizations are apart', async () => {
    const place = { scope: 'CUSTOMER', scopeId: 'alice', unit: 'USD', amount: '1' } as const;
    valueOf(await fixture.limits.set(fixture.master, { ...place, organizationId: 'org_a' }));
    valueOf(await fixture.limits.set(fixture.master, { ...place, organizationId: 'org_b' }));
    await spend(USD, { customerId: 'alice' });
    expect(await verdictOn(USD, { customerId: 'alice' })).toBe('REFUSED at CUSTOMER org_a/alice');
    expect(await verdictOn(USD, { organizationId: 'org_b', customerId: 'alice' })).toBe('ADMITTED');
  });
});
