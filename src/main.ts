import 'reflect-metadata';
import { App } from './app/app';
import { startMessage } from './app/start-message';
import { ConfigError, loadConfig } from './platform/config';
import { environment } from './platform/config/environment';
import { EmbeddedPostgresError } from './platform/embedded-postgres';
import { createLogger } from './platform/logger';

/** Reads the configuration, starts the server, and stops it in order when told to. */
async function main(): Promise<void> {
  const config = loadConfig(environment());
  const log = createLogger(config.logLevel);
  for (const warning of config.warnings) log.warn(warning);
  const app = new App(config, log);
  const stop = (signal: string): void => {
    log.info(`Stopping on ${signal}.`);
    void app.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const started = await app.start();
  console.log(startMessage(config, started));
}

main().catch((error: unknown) => {
  const isKnown = error instanceof ConfigError || error instanceof EmbeddedPostgresError;
  console.error(isKnown ? error.message : error);
  process.exit(1);
});
