import type { Environment } from './read-settings';

/** The process's environment. The only place that reads it. */
export function environment(): Environment {
  return process.env;
}
