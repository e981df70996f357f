import { Field, ObjectType } from 'type-graphql';
import type { CostPart } from '../domain/pricing/usage-measures';
import { DecimalScalar } from '../platform/graphql/scalars';

@ObjectType('CostBreakdown', {
  description:
    'The parts of a cost in US dollars. They add up to the cost exactly; a part that did not occur is "0".',
})
export class CostBreakdown implements Record<CostPart, string> {
  @Field(() => DecimalScalar, { description: 'Input text that was not read from a cache.' })
  input: string;

  @Field(() => DecimalScalar, { description: "Input read from the provider's cache." })
  cacheRead: string;

  @Field(() => DecimalScalar, { description: "Input written to the provider's cache." })
  cacheWrite: string;

  @Field(() => DecimalScalar, { description: 'Output text, reasoning apart.' })
  output: string;

  @Field(() => DecimalScalar, { description: 'Output spent on reasoning.' })
  reasoning: string;

  @Field(() => DecimalScalar, { description: 'Audio in and out.' })
  audio: string;

  @Field(() => DecimalScalar, { description: 'Images in and out.' })
  image: string;

  @Field(() => DecimalScalar, { description: 'Video in and out.' })
  video: string;

  @Field(() => DecimalScalar, { description: "The provider's own tools, such as searches." })
  tools: string;

  @Field(() => DecimalScalar, { description: 'Requests, pages, search units and time.' })
  other: string;

  @Field(() => DecimalScalar, { description: 'What a discount took off: negative or zero.' })
  discount: string;

  @Field(() => DecimalScalar, { description: 'What a margin added.' })
  margin: string;
}

const ZERO_BREAKDOWN: Readonly<Record<CostPart, string>> = {
  input: '0',
  cacheRead: '0',
  cacheWrite: '0',
  output: '0',
  reasoning: '0',
  audio: '0',
  image: '0',
  video: '0',
  tools: '0',
  other: '0',
  discount: '0',
  margin: '0',
};

export function toCostBreakdown(parts: Partial<Record<CostPart, string>> | null): CostBreakdown | null {
  return parts === null ? null : { ...ZERO_BREAKDOWN, ...parts };
}
