import { redactSecrets } from './redact';

/** What a log collector takes as one line. */
const MAX_LINE_LENGTH = 16_384;
/** Of a line that is too long; a JSON line within a string takes at most twice the room. */
const KEPT_LENGTH = 6_144;
const MAX_MESSAGE_LENGTH = 2_048;

const START = /^\{"level":"[a-z]+","time":"[^"]*"/;
const MESSAGE = /,"msg":("(?:[^"\\]|\\.)*")\}\s*$/;

/**
 * A finished JSON line as it is written: without secrets, and not longer than 16 KB. Of a longer one the level, the time
 * and the message stay; what it said else is cut, as text, in `line`.
 */
export function finishLine(line: string): string {
  if (line.length <= MAX_LINE_LENGTH) return redactSecrets(line);
  const start = START.exec(line.slice(0, MAX_MESSAGE_LENGTH))?.[0] ?? '{"level":"error"';
  const message = MESSAGE.exec(line.slice(-MAX_MESSAGE_LENGTH))?.[1] ?? '"A log line was cut."';
  // More is looked at than is kept, so that a secret that the cut falls into is found whole.
  const kept = redactSecrets(line.slice(0, MAX_LINE_LENGTH)).slice(0, KEPT_LENGTH);
  return `${start},"length":${line.length},"line":${JSON.stringify(kept)},"msg":${redactSecrets(message)}}\n`;
}
