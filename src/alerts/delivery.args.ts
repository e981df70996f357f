import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../platform/graphql/page.args';
import { AlertDeliveryStateEnum } from './alert-channel.enum';
import type { MessageState } from './alert-message.entity';

@ArgsType()
export class AlertDeliveriesArgs extends PageArgs {
  @Field(() => AlertDeliveryStateEnum, {
    nullable: true,
    description: 'Only deliveries that stand so, such as DEAD; all by default.',
  })
  state?: MessageState | null;
}
