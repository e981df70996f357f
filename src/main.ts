import 'reflect-metadata';
import { App } from './app/app';
import { startMessage } from './app/start-message';
import { loadConfig } from './platform/config';
import { environment } from './platform/config/environment';
import { createLogger } from './platform/logger';
import { OperatorError } from './platform/operator-error';

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
  console.error(error instanceof OperatorError ? error.message : error);
  process.exit(1);
});
