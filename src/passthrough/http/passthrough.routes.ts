import type { FastifyInstance } from 'fastify';
import { anthropic } from '../providers/anthropic/anthropic';
import { cohere } from '../providers/cohere/cohere';
import { openAi } from '../providers/openai/openai';
import { PLAIN_ADDRESS, type WireFormat } from '../providers/provider';
import { geminiRoutes } from './gemini.routes';
import { modelsRoutes, type ModelsRoutes } from './models.routes';
import { refuseStrangers } from './refuse-strangers';
import { batchRoutes, type BatchParts } from './batches.routes';
import { fileRoutes } from './files.routes';
import { azureRoutes } from './azure.routes';
import { bedrockRoutes } from './bedrock.routes';
import { callDocs } from './call-docs';
import { countTokensRoutes } from './count-tokens.routes';
import { providerRoutes } from './provider.routes';
import { storedResponseRoutes } from './stored-responses.routes';
import { takeCall, type PassthroughParts } from './take-call';

export interface PassthroughRoutes extends PassthroughParts, BatchParts, ModelsRoutes {
  readonly bodyLimitBytes: number;
  readonly uploadLimitBytes: number;
}

const FORMATS: readonly WireFormat[] = [openAi, anthropic, cohere];

/** The providers' own paths, in their own wire formats. Nothing is decided here. */
export async function passthroughRoutes(app: FastifyInstance, parts: PassthroughRoutes): Promise<void> {
  // The body stays text: what goes upstream is the client's own bytes, with single members replaced.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: parts.bodyLimitBytes },
    (_request, body, done) => {
      done(null, body);
    },
  );
  app.addContentTypeParser(
    /^multipart\/form-data/,
    { parseAs: 'buffer', bodyLimit: parts.uploadLimitBytes },
    (_request, body, done) => {
      done(null, body);
    },
  );
  for (const format of FORMATS) {
    const onRequest = refuseStrangers(parts, format);
    for (const [path, operation] of Object.entries(format.paths)) {
      const config = { docs: () => [callDocs(format, operation, { path })] };
      app.post(path, { onRequest, config }, (request, reply) => {
        takeCall(parts, { format, operation, endpoint: path, address: PLAIN_ADDRESS }, request, reply);
      });
    }
  }
  providerRoutes(app, parts);
  azureRoutes(app, parts);
  bedrockRoutes(app, parts);
  geminiRoutes(app, parts);
  storedResponseRoutes(app, parts);
  fileRoutes(app, parts);
  batchRoutes(app, parts);
  countTokensRoutes(app, parts);
  modelsRoutes(app, parts);
  await Promise.resolve();
}
