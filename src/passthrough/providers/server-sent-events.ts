import { SseParser } from '../../domain/metering/sse';
import type { StreamFraming } from './provider';
import { sseComment } from './wire-error';

/** Streams of server-sent events, which most formats have. The error's event is the format's own. */
export const serverSentEvents: Omit<StreamFraming, 'streamError'> = {
  isStream: (contentType) => contentType.includes('event-stream'),
  streamParser: () => new SseParser(),
  streamNote: (_call, fields) => sseComment(fields),
};
