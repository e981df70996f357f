import { DEMO_MODEL } from '../domain/metering/demo-answer';
import {
  configuredDeployments,
  environmentDeployments,
  type ConfiguredDeployment,
  type ProviderAccess,
} from '../models/configured-deployment';
import type { Config } from '../platform/config';

/** Gemini speaks OpenAI's format below this path: https://ai.google.dev/gemini-api/docs/openai. */
const GEMINI_OPENAI_PATH = '/v1beta/openai';

/** Every deployment that this start was told of: the demo model, the configuration file's, the environment's. */
export function configuredModels(config: Config, demoUrl: string | null): ConfiguredDeployment[] {
  const access: Record<string, ProviderAccess> = {};
  for (const { name, apiKey, baseUrl } of config.providers) {
    const path = name === 'gemini' && new URL(baseUrl).pathname === '/' ? GEMINI_OPENAI_PATH : '';
    access[name] = { apiKey, apiBase: `${baseUrl.replace(/\/$/, '')}${path}` };
  }
  const demo = demoUrl === null ? [] : [demoDeployment(demoUrl)];
  return [...demo, ...configuredDeployments(config.models, access), ...environmentDeployments(access)];
}

function demoDeployment(url: string): ConfiguredDeployment {
  return {
    source: 'DEMO',
    // Its port differs from start to start; the deployment is the same one.
    id: 'dep_demo',
    model: DEMO_MODEL,
    provider: 'demo',
    upstreamModel: DEMO_MODEL,
    apiBase: url,
    apiKey: 'demo',
    baseModel: null,
    metadata: {},
  };
}
