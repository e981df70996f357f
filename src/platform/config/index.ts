export type {
  AlertsConfig,
  Config,
  ConfiguredAlertChannel,
  HttpConfig,
  LangfuseConfig,
  OtelConfig,
  MasterKeyConfig,
  ProviderConfig,
  ProviderName,
  SaltConfig,
  SpendingConfig,
  UpstreamConfig,
} from './config';
export type { DatabaseConfig } from './database-config';
export type { ExportsConfig } from './exports-config';
export type { OidcConfig } from './oidc-config';
export { loadConfig } from './load-config';
export { ConfigError, Problems } from './problems';
export type { Environment } from './read-settings';
export { describeSettings, type SettingRow } from './settings';
export type { EndpointMethod, PassThroughEndpoint } from './yaml-endpoints';
export type { ModelDeployment } from './yaml-models';
export {
  NO_MANAGEMENT,
  type ConfiguredMembers,
  type KeyGeneration,
  type ManagementConfig,
} from './yaml-management';
export type { PlainValue } from './yaml-reader';
