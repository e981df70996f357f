import { Field, ObjectType } from 'type-graphql';
import type { LedgerCheckResult, LedgerDifference, LedgerReport } from './verify-ledger';

@ObjectType('LedgerDifferenceRow', { description: 'Something that is not as the log of spend says.' })
export class LedgerDifferenceRow implements LedgerDifference {
  @Field(() => String, { description: 'What it is about: a window, a sum, a call.' })
  subject: string;

  @Field(() => String, { description: 'What the log says.' })
  expected: string;

  @Field(() => String, { description: 'What was found instead.' })
  actual: string;
}

@ObjectType('LedgerCheckResult', { description: 'What one proof of the ledger found.' })
export class LedgerCheckResultType implements LedgerCheckResult {
  @Field(() => String, { description: 'Name of the proof, for programs.' })
  name: string;

  @Field(() => String, { description: 'What is proved.' })
  description: string;

  @Field(() => Boolean, { description: 'Whether it holds.' })
  ok: boolean;

  @Field(() => [LedgerDifferenceRow], { description: 'The first of the differences; empty when it holds.' })
  differences: LedgerDifferenceRow[];
}

@ObjectType('LedgerIntegrityReport', {
  description:
    'Whether everything that sums up spend is what the rows of the log add up to, proved by independent SQL.',
})
export class LedgerIntegrityReport implements LedgerReport {
  @Field(() => Boolean, { description: 'Whether every proof holds.' })
  ok: boolean;

  @Field(() => [LedgerCheckResultType], { description: 'The proofs, one by one.' })
  checks: LedgerCheckResultType[];

  @Field(() => Boolean, {
    description:
      'Whether the role that the server works with owns the tables, and so could take away what keeps the log from ' +
      'being changed. Use a role of its own where that matters.',
  })
  roleOwnsTables: boolean;
}

export function toLedgerIntegrityReport(report: LedgerReport): LedgerIntegrityReport {
  const checks = report.checks.map((check) => ({ ...check, differences: [...check.differences] }));
  return { ok: report.ok, checks, roleOwnsTables: report.roleOwnsTables };
}
