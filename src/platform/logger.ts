import pino from 'pino';
import { serializeError } from './error-serializer';
import { finishLine } from './log-line';

/** What code that logs asks for; a pino logger fits. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>;
export type Logger = pino.Logger;
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface LogDestination {
  write(line: string): void;
}

/**
 * JSON lines on standard output. Secrets are taken out of the finished line, so that a key inside a message, a nested
 * object or an error's stack is caught as well as one in a known field.
 */
export function createLogger(level: LogLevel, destination?: LogDestination): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: serializeError, error: serializeError },
    hooks: { streamWrite: finishLine },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

export const silentLog: Log = pino({ level: 'silent' });
