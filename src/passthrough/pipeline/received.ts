import type { ReceivedCall } from './call';

/** A request as every kind of call begins with it. */
export type Received = Pick<ReceivedCall, 'callId' | 'receivedAtMs' | 'body' | 'upload' | 'header'>;
