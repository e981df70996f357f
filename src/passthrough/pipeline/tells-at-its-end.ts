import { mayReasonUnseen } from '../../domain/metering/model-family';
import type { BoundFormat } from '../../domain/metering/request-bound';
import type { PricedCall } from './call';

/** What these are billed by shows in none of the events before the last. */
const MEDIA: readonly BoundFormat[] = ['openai-images', 'openai-speech', 'openai-transcription'];

/**
 * Whether only a stream's end tells what it used, because the model reasons out of sight or makes pictures or sound.
 * Such a stream is read to its end although its client has left, or leaving early would make it free.
 */
export function tellsAtItsEnd({ format, operation, route }: PricedCall): boolean {
  return mayReasonUnseen(route.upstreamModel) || MEDIA.includes(format.boundFormat(operation));
}
