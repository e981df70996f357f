import { Field, ID, InputType } from 'type-graphql';

@InputType('SpendForecastInput', { description: 'What to forecast.' })
export class SpendForecastInput {
  @Field(() => ID, { description: 'Id of the limit.' })
  limitId: string;
}
