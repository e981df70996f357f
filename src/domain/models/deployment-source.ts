/** Who said that a deployment exists. */
export const DEPLOYMENT_SOURCE_DOCS = {
  API: 'Made through the API; it can be changed and deleted there.',
  CONFIG: 'Named by the configuration file.',
  ENVIRONMENT: 'Follows from a provider key in the environment.',
  DEMO: 'The built-in model that needs no provider.',
} as const;

export type DeploymentSource = keyof typeof DEPLOYMENT_SOURCE_DOCS;

/** Sources that a start of the server reads anew. */
export const CONFIGURED_SOURCES = ['CONFIG', 'ENVIRONMENT', 'DEMO'] as const;
export type ConfiguredSource = (typeof CONFIGURED_SOURCES)[number];
