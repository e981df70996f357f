import { CHANNEL_TYPE_DOCS } from '../domain/alerts/channel';
import { enumType } from '../platform/graphql/enum-type';
import type { MessageState } from './alert-message.entity';

export const AlertChannelTypeEnum = enumType(
  'AlertChannelType',
  'How a channel is told of alerts.',
  CHANNEL_TYPE_DOCS,
);

export const AlertChannelSourceEnum = enumType<'API' | 'CONFIG'>(
  'AlertChannelSource',
  'Where a channel comes from.',
  {
    API: 'It was made with createAlertChannel.',
    CONFIG: 'The configuration of the server names it; it is changed there.',
  },
);

export const AlertDeliveryStateEnum = enumType<MessageState>(
  'AlertDeliveryState',
  'How the delivery of an alert stands.',
  {
    PENDING: 'It waits for its time, its first attempt or the next one.',
    DELIVERED: 'The receiver took it.',
    DEAD: 'It was given up after the last attempt. redeliverAlert tries again.',
    CANCELLED: 'The channel was deleted before it was sent.',
  },
);
