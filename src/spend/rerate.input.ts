import { Field, ID, InputType, Int } from 'type-graphql';
import type { CostStatus } from '../domain/pricing/cost';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { RerateSpend } from './rerate.service';
import { PricingStatusEnum } from './spend.enum';

@InputType('RerateSpendInput', {
  description: 'Which calls to rate again. All conditions must hold.',
})
export class RerateSpendInput implements RerateSpend {
  @Field(() => DateTimeScalar, { description: 'Calls let through at this instant or later.' })
  from: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Calls let through before this instant; all until now by default.',
  })
  to?: Date | null;

  @Field(() => [PricingStatusEnum], {
    nullable: true,
    description: 'Calls that were booked with one of these; UNPRICED and PARTIAL by default.',
  })
  pricingStatuses?: CostStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'Calls of this organization.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Calls of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Calls of this virtual key.' })
  keyId?: string | null;

  @Field(() => String, { nullable: true, description: 'Calls that asked for exactly this model.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Calls that went to this provider.' })
  provider?: string | null;

  @Field(() => Boolean, { description: 'True: only report what would change, and book nothing.' })
  dryRun: boolean;

  @Field(() => String, { description: 'Why, for people; it stands in every row that is booked.' })
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: '`nextCursor` of an earlier run with the same conditions, to go on where it stopped.',
  })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many calls to look at in this run; 10000 by default, at most 100000.',
  })
  maxCalls?: number | null;
}
