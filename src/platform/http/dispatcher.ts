import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { guardedLookup } from './guarded-lookup';

/** How this server reaches others. */
export interface OutgoingSettings {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly httpProxy: string | null;
  readonly httpsProxy: string | null;
  readonly noProxy: string | null;
}

/** Connections to others, through the proxy of the settings where one is set. */
export function dispatcher(
  settings: OutgoingSettings,
  connect: { readonly lookup?: typeof guardedLookup } = {},
): Dispatcher {
  const options = {
    connect: { timeout: settings.connectTimeoutMs, ...connect },
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.bodyTimeoutMs,
    keepAliveTimeout: 30_000,
  };
  if (settings.httpProxy === null && settings.httpsProxy === null) return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    ...(settings.httpProxy === null ? {} : { httpProxy: settings.httpProxy }),
    ...(settings.httpsProxy === null ? {} : { httpsProxy: settings.httpsProxy }),
    noProxy: settings.noProxy ?? '',
  });
}
