import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import { gql } from 'graphql-tag';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  BigInt: { input: string; output: string; }
  DateTime: { input: string; output: string; }
  Decimal: { input: string; output: string; }
  JSON: { input: unknown; output: unknown; }
};

export type AcknowledgeAlertInput = {
  alertId: Scalars['ID']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
};

export type AddOrganizationMemberInput = {
  organizationId: Scalars['ID']['input'];
  role: MemberRole;
  userId: Scalars['ID']['input'];
};

export type AddTeamMemberInput = {
  role: MemberRole;
  teamId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};

export type AlertChannelFilter = {
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  type?: InputMaybe<AlertChannelType>;
};

export type AlertChannelSource =
  | 'API'
  | 'CONFIG';

export type AlertChannelType =
  | 'EMAIL'
  | 'LITELLM_WEBHOOK'
  | 'PAGERDUTY'
  | 'SLACK'
  | 'TEAMS'
  | 'WEBHOOK';

export type AlertDeliveryState =
  | 'CANCELLED'
  | 'DEAD'
  | 'DELIVERED'
  | 'PENDING';

export type AlertDigest =
  | 'DAILY'
  | 'HOURLY'
  | 'NONE';

export type AlertFilter = {
  acknowledged?: InputMaybe<Scalars['Boolean']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  keyId?: InputMaybe<Scalars['ID']['input']>;
  kind?: InputMaybe<AlertKind>;
  limitId?: InputMaybe<Scalars['ID']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  ruleId?: InputMaybe<Scalars['ID']['input']>;
  severity?: InputMaybe<AlertSeverity>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AlertKind =
  | 'KEY_EXPIRING'
  | 'NEW_MODEL'
  | 'PROJECTED_EXCEED'
  | 'PROVIDER_FAILING'
  | 'SOFT_LIMIT'
  | 'SPEND_ANOMALY'
  | 'SPEND_REPORT'
  | 'THRESHOLD'
  | 'UNPRICED_MODEL';

export type AlertRuleFilter = {
  kind?: InputMaybe<AlertKind>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  scope?: InputMaybe<AlertRuleScope>;
  scopeId?: InputMaybe<Scalars['ID']['input']>;
};

export type AlertRuleScope =
  | 'KEY'
  | 'LIMIT'
  | 'ORGANIZATION'
  | 'PROJECT'
  | 'SERVER'
  | 'TEAM';

export type AlertScopeInput = {
  keyId?: InputMaybe<Scalars['ID']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
};

export type AlertSeverity =
  | 'CRITICAL'
  | 'INFO'
  | 'WARNING';

export type ApprovePriceImportInput = {
  effectiveFrom?: InputMaybe<Scalars['DateTime']['input']>;
  priceImportId: Scalars['ID']['input'];
};

export type ArchiveOrganizationInput = {
  organizationId: Scalars['ID']['input'];
};

export type ArchiveProjectInput = {
  projectId: Scalars['ID']['input'];
};

export type ArchiveTeamInput = {
  teamId: Scalars['ID']['input'];
};

export type AssignLimitTemplateInput = {
  defaultFor?: InputMaybe<DefaultHoldersInput>;
  holder?: InputMaybe<LimitHolderInput>;
  templateId: Scalars['ID']['input'];
};

export type AuditActorKind =
  | 'ANONYMOUS'
  | 'DATABASE'
  | 'KEY'
  | 'MASTER'
  | 'SERVICE_ACCOUNT'
  | 'SYSTEM'
  | 'USER';

export type AuditFilter = {
  actions?: InputMaybe<Array<Scalars['String']['input']>>;
  actorId?: InputMaybe<Scalars['ID']['input']>;
  actorKind?: InputMaybe<AuditActorKind>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  requestId?: InputMaybe<Scalars['String']['input']>;
  subjectId?: InputMaybe<Scalars['ID']['input']>;
  subjectType?: InputMaybe<Scalars['String']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type BlockCustomerInput = {
  customerId: Scalars['ID']['input'];
};

export type BlockKeyInput = {
  keyId: Scalars['ID']['input'];
};

export type BlockProjectInput = {
  projectId: Scalars['ID']['input'];
};

export type BlockServiceAccountInput = {
  serviceAccountId: Scalars['ID']['input'];
};

export type BlockTeamInput = {
  teamId: Scalars['ID']['input'];
};

export type BlockUserInput = {
  userId: Scalars['ID']['input'];
};

export type CallInFlightFilter = {
  keyId?: InputMaybe<Scalars['ID']['input']>;
  model?: InputMaybe<Scalars['String']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type CreateAccessTokenInput = {
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type CreateAlertChannelInput = {
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  kinds?: InputMaybe<Array<AlertKind>>;
  minimumSeverity?: InputMaybe<AlertSeverity>;
  name: Scalars['String']['input'];
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  recipients?: InputMaybe<Array<Scalars['String']['input']>>;
  routingKey?: InputMaybe<Scalars['String']['input']>;
  scopes?: InputMaybe<Array<LimitScope>>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  type: AlertChannelType;
  url?: InputMaybe<Scalars['String']['input']>;
};

export type CreateAlertRuleInput = {
  amounts?: InputMaybe<Array<Scalars['Decimal']['input']>>;
  baselineDays?: InputMaybe<Scalars['Int']['input']>;
  channelIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  cooldownMinutes?: InputMaybe<Scalars['Int']['input']>;
  daysBefore?: InputMaybe<Scalars['Int']['input']>;
  deviations?: InputMaybe<Scalars['Int']['input']>;
  digest?: InputMaybe<AlertDigest>;
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  failurePercent?: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  kind: AlertKind;
  minimumCalls?: InputMaybe<Scalars['Int']['input']>;
  minimumUsd?: InputMaybe<Scalars['Decimal']['input']>;
  mutedUntil?: InputMaybe<Scalars['DateTime']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  period?: InputMaybe<ReportPeriod>;
  quietFrom?: InputMaybe<Scalars['String']['input']>;
  quietUntil?: InputMaybe<Scalars['String']['input']>;
  scope: AlertRuleScope;
  scopeId?: InputMaybe<Scalars['ID']['input']>;
  severity?: InputMaybe<AlertSeverity>;
  thresholds?: InputMaybe<Array<Scalars['Decimal']['input']>>;
  timezone?: InputMaybe<Scalars['String']['input']>;
  unit?: InputMaybe<LimitUnit>;
};

export type CreateCredentialInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  provider: Scalars['String']['input'];
  secret: Scalars['String']['input'];
};

export type CreateCustomerInput = {
  alias?: InputMaybe<Scalars['String']['input']>;
  blocked?: InputMaybe<Scalars['Boolean']['input']>;
  externalId: Scalars['String']['input'];
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
};

export type CreateDeploymentInput = {
  apiBase?: InputMaybe<Scalars['String']['input']>;
  credentialId?: InputMaybe<Scalars['ID']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  model: Scalars['String']['input'];
  provider: Scalars['String']['input'];
  upstreamModel?: InputMaybe<Scalars['String']['input']>;
};

export type CreateExportInput = {
  bucket?: InputMaybe<SpendBucket>;
  compress?: Scalars['Boolean']['input'];
  dataset: ExportDataset;
  filter?: InputMaybe<ExportFilter>;
  format?: ExportFormat;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  groupBy?: InputMaybe<Array<SpendDimension>>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  timezone?: InputMaybe<Scalars['String']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type CreateExportScheduleInput = {
  bucket?: InputMaybe<SpendBucket>;
  compress?: Scalars['Boolean']['input'];
  dataset: ExportDataset;
  filter?: InputMaybe<ExportFilter>;
  format?: ExportFormat;
  groupBy?: InputMaybe<Array<SpendDimension>>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  period: ExportPeriod;
  timezone?: InputMaybe<Scalars['String']['input']>;
};

export type CreateKeyInput = {
  alias?: InputMaybe<Scalars['String']['input']>;
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  maxOutputTokens?: InputMaybe<Scalars['Int']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  secret?: InputMaybe<Scalars['String']['input']>;
  serviceAccountId?: InputMaybe<Scalars['ID']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type CreateLimitTemplateInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  organizationId?: InputMaybe<Scalars['ID']['input']>;
};

export type CreateOrganizationInput = {
  hidesAmounts?: InputMaybe<Scalars['Boolean']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  name: Scalars['String']['input'];
};

export type CreateProjectInput = {
  description?: InputMaybe<Scalars['String']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  name: Scalars['String']['input'];
  teamId: Scalars['ID']['input'];
};

export type CreateServiceAccountInput = {
  description?: InputMaybe<Scalars['String']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  name: Scalars['String']['input'];
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  role: MemberRole;
  teamId?: InputMaybe<Scalars['ID']['input']>;
};

export type CreateServiceAccountTokenInput = {
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  serviceAccountId?: InputMaybe<Scalars['ID']['input']>;
};

export type CreateTeamInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  name: Scalars['String']['input'];
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

export type CreateUserInput = {
  email?: InputMaybe<Scalars['String']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  role?: InputMaybe<ServerRole>;
};

export type CredentialFilter = {
  provider?: InputMaybe<Scalars['String']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type CreditLimitInput = {
  amount: Scalars['Decimal']['input'];
  assignmentId?: InputMaybe<Scalars['ID']['input']>;
  holderId?: InputMaybe<Scalars['ID']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  limitId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};

export type CustomerFilter = {
  blocked?: InputMaybe<Scalars['Boolean']['input']>;
  externalId?: InputMaybe<Scalars['String']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type DefaultHoldersInput = {
  each: LimitScope;
  within: LimitScope;
  withinId?: InputMaybe<Scalars['ID']['input']>;
};

export type DeleteAlertChannelInput = {
  alertChannelId: Scalars['ID']['input'];
};

export type DeleteAlertRuleInput = {
  alertRuleId: Scalars['ID']['input'];
};

export type DeleteCredentialInput = {
  credentialId: Scalars['ID']['input'];
};

export type DeleteCustomerInput = {
  customerId: Scalars['ID']['input'];
};

export type DeleteDeploymentInput = {
  deploymentId: Scalars['ID']['input'];
};

export type DeleteExportScheduleInput = {
  exportScheduleId: Scalars['ID']['input'];
};

export type DeleteKeyInput = {
  keyId: Scalars['ID']['input'];
};

export type DeleteLimitInput = {
  limitId: Scalars['ID']['input'];
};

export type DeleteLimitTemplateInput = {
  templateId: Scalars['ID']['input'];
};

export type DeleteServiceAccountInput = {
  serviceAccountId: Scalars['ID']['input'];
};

export type DeleteUserInput = {
  userId: Scalars['ID']['input'];
};

export type DeploymentFilter = {
  includeInactive?: InputMaybe<Scalars['Boolean']['input']>;
  model?: InputMaybe<Scalars['String']['input']>;
  provider?: InputMaybe<Scalars['String']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
  source?: InputMaybe<DeploymentSource>;
};

export type DeploymentSource =
  | 'API'
  | 'CONFIG'
  | 'DEMO'
  | 'ENVIRONMENT';

export type EndPriceAdjustmentInput = {
  at?: InputMaybe<Scalars['DateTime']['input']>;
  priceAdjustmentId: Scalars['ID']['input'];
};

export type EndPriceInput = {
  at?: InputMaybe<Scalars['DateTime']['input']>;
  priceId: Scalars['ID']['input'];
};

export type ExhaustionAction =
  | 'FALL_BACK'
  | 'REFUSE'
  | 'THROTTLE';

export type ExpireKeyInput = {
  keyId: Scalars['ID']['input'];
};

export type ExplainAdmissionInput = {
  body?: InputMaybe<Scalars['JSON']['input']>;
  customerId?: InputMaybe<Scalars['String']['input']>;
  endpoint?: InputMaybe<Scalars['String']['input']>;
  inputTokens?: InputMaybe<Scalars['Int']['input']>;
  keyId: Scalars['ID']['input'];
  maxOutputTokens?: InputMaybe<Scalars['Int']['input']>;
  model: Scalars['String']['input'];
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

export type ExportDataset =
  | 'FOCUS'
  | 'SPEND_LOGS'
  | 'SPEND_REPORT';

export type ExportFilter = {
  customerId?: InputMaybe<Scalars['ID']['input']>;
  keyId?: InputMaybe<Scalars['ID']['input']>;
  kind?: InputMaybe<SpendKind>;
  model?: InputMaybe<Scalars['String']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  pricingStatus?: InputMaybe<PricingStatus>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  provider?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<SpendStatus>;
  tag?: InputMaybe<Scalars['String']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type ExportFormat =
  | 'CSV'
  | 'NDJSON';

export type ExportListFilter = {
  scheduleId?: InputMaybe<Scalars['ID']['input']>;
  status?: InputMaybe<ExportStatus>;
};

export type ExportPeriod =
  | 'DAY'
  | 'MONTH'
  | 'WEEK';

export type ExportStatus =
  | 'EXPIRED'
  | 'FAILED'
  | 'PENDING'
  | 'READY'
  | 'RUNNING';

export type ImportPricesInput = {
  fileName?: InputMaybe<Scalars['String']['input']>;
  map?: InputMaybe<Scalars['String']['input']>;
  url?: InputMaybe<Scalars['String']['input']>;
};

export type IncreaseLimitInput = {
  amount: Scalars['Decimal']['input'];
  expiresAt: Scalars['DateTime']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  limitId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};

export type KeyChange =
  | 'BLOCKED'
  | 'CREATED'
  | 'DELETED'
  | 'EXPIRED'
  | 'ROTATED'
  | 'UNBLOCKED'
  | 'UPDATED';

export type KeyScopeInput = {
  keyId?: InputMaybe<Scalars['ID']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  serviceAccountId?: InputMaybe<Scalars['ID']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type LimitAdjustmentKind =
  | 'CREDIT'
  | 'RESET';

export type LimitEnforcement =
  | 'ADVISORY'
  | 'CLAMP'
  | 'HARD';

export type LimitFilter = {
  memberId?: InputMaybe<Scalars['ID']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  scope?: InputMaybe<LimitScope>;
  scopeId?: InputMaybe<Scalars['ID']['input']>;
  unit?: InputMaybe<LimitUnit>;
};

export type LimitHolderInput = {
  memberId?: InputMaybe<Scalars['ID']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  scope: LimitScope;
  scopeId: Scalars['ID']['input'];
};

export type LimitMode =
  | 'ENFORCE'
  | 'OBSERVE';

export type LimitScope =
  | 'CUSTOMER'
  | 'DEPLOYMENT'
  | 'KEY'
  | 'MODEL'
  | 'MODEL_GROUP'
  | 'ORGANIZATION'
  | 'PROJECT'
  | 'PROVIDER'
  | 'SERVER'
  | 'TAG'
  | 'TEAM'
  | 'TEAM_MEMBER'
  | 'TEMPLATE'
  | 'USER';

export type LimitTemplateFilter = {
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type LimitUnit =
  | 'CONCURRENT'
  | 'INPUT_TOKENS'
  | 'OUTPUT_TOKENS'
  | 'REQUESTS'
  | 'TOKENS'
  | 'USD';

export type LimitWindowInput = {
  alignment?: InputMaybe<WindowAlignment>;
  anchorAt?: InputMaybe<Scalars['DateTime']['input']>;
  count?: InputMaybe<Scalars['Int']['input']>;
  firstDayOfWeek?: InputMaybe<Scalars['Int']['input']>;
  fiscalStartMonth?: InputMaybe<Scalars['Int']['input']>;
  period: WindowPeriod;
  startOfDayMinutes?: InputMaybe<Scalars['Int']['input']>;
  timezone?: InputMaybe<Scalars['String']['input']>;
};

export type MemberRole =
  | 'ADMIN'
  | 'MEMBER'
  | 'VIEWER';

export type ModelFilter = {
  keyId?: InputMaybe<Scalars['ID']['input']>;
  provider?: InputMaybe<Scalars['String']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type OrganizationFilter = {
  includeArchived?: InputMaybe<Scalars['Boolean']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type PriceAdjustmentFilter = {
  effectiveAt?: InputMaybe<Scalars['DateTime']['input']>;
  provider?: InputMaybe<Scalars['String']['input']>;
  scope?: InputMaybe<PriceAdjustmentScope>;
  scopeId?: InputMaybe<Scalars['ID']['input']>;
};

export type PriceAdjustmentScope =
  | 'KEY'
  | 'ORGANIZATION'
  | 'SERVER'
  | 'TEAM';

export type PriceChangeKind =
  | 'ADDED'
  | 'CHANGED'
  | 'REMOVED'
  | 'UNREADABLE';

export type PriceFilter = {
  effectiveAt?: InputMaybe<Scalars['DateTime']['input']>;
  model?: InputMaybe<Scalars['String']['input']>;
  provider?: InputMaybe<Scalars['String']['input']>;
  scope?: InputMaybe<PriceScope>;
  scopeId?: InputMaybe<Scalars['ID']['input']>;
};

export type PriceImportStatus =
  | 'APPROVED'
  | 'PENDING'
  | 'REJECTED';

export type PriceRateInput = {
  unit: UsageUnit;
  usdPerMillion?: InputMaybe<Scalars['Decimal']['input']>;
  usdPerUnit?: InputMaybe<Scalars['Decimal']['input']>;
};

export type PriceScope =
  | 'CATALOGUE'
  | 'DEPLOYMENT'
  | 'KEY'
  | 'MODEL'
  | 'ORGANIZATION'
  | 'TEAM';

export type PriceStatus =
  | 'FREE'
  | 'PRICED'
  | 'UNPRICED';

export type PricingStatus =
  | 'FREE'
  | 'PARTIAL'
  | 'PRICED'
  | 'UNPRICED';

export type ProjectFilter = {
  includeArchived?: InputMaybe<Scalars['Boolean']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
};

export type RedeliverAlertInput = {
  alertChannelId?: InputMaybe<Scalars['ID']['input']>;
  alertId: Scalars['ID']['input'];
};

export type RegisterModelInput = {
  effectiveFrom?: InputMaybe<Scalars['DateTime']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  model: Scalars['String']['input'];
  prices: Scalars['JSON']['input'];
  provider?: InputMaybe<Scalars['String']['input']>;
};

export type RejectPriceImportInput = {
  priceImportId: Scalars['ID']['input'];
};

export type RemoveOrganizationMemberInput = {
  organizationId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};

export type RemoveTeamMemberInput = {
  teamId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};

export type ReportPeriod =
  | 'DAILY'
  | 'MONTHLY'
  | 'WEEKLY';

export type RerateSpendInput = {
  after?: InputMaybe<Scalars['String']['input']>;
  dryRun: Scalars['Boolean']['input'];
  from: Scalars['DateTime']['input'];
  keyId?: InputMaybe<Scalars['ID']['input']>;
  maxCalls?: InputMaybe<Scalars['Int']['input']>;
  model?: InputMaybe<Scalars['String']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  pricingStatuses?: InputMaybe<Array<PricingStatus>>;
  provider?: InputMaybe<Scalars['String']['input']>;
  reason: Scalars['String']['input'];
  teamId?: InputMaybe<Scalars['ID']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type ResetLimitInput = {
  assignmentId?: InputMaybe<Scalars['ID']['input']>;
  holderId?: InputMaybe<Scalars['ID']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  limitId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};

export type RevokeAccessTokenInput = {
  accessTokenId: Scalars['ID']['input'];
};

export type RotateAlertChannelSecretInput = {
  alertChannelId: Scalars['ID']['input'];
};

export type RotateKeyInput = {
  graceSeconds?: InputMaybe<Scalars['Int']['input']>;
  keyId: Scalars['ID']['input'];
  secret?: InputMaybe<Scalars['String']['input']>;
};

export type ServerRole =
  | 'ADMIN'
  | 'MEMBER'
  | 'VIEWER';

export type ServiceAccountFilter = {
  blocked?: InputMaybe<Scalars['Boolean']['input']>;
  includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
};

export type SetLimitInput = {
  alertThresholds?: InputMaybe<Array<Scalars['Decimal']['input']>>;
  amount: Scalars['Decimal']['input'];
  duration?: InputMaybe<Scalars['String']['input']>;
  enforcement?: InputMaybe<LimitEnforcement>;
  fallbackModel?: InputMaybe<Scalars['String']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  memberId?: InputMaybe<Scalars['ID']['input']>;
  mode?: InputMaybe<LimitMode>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  onExhaustion?: InputMaybe<ExhaustionAction>;
  onStoreFailure?: InputMaybe<StoreFailurePolicy>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  scope: LimitScope;
  scopeId?: InputMaybe<Scalars['ID']['input']>;
  softAmount?: InputMaybe<Scalars['Decimal']['input']>;
  throttleMaxWaitMs?: InputMaybe<Scalars['Int']['input']>;
  unboundedInput?: InputMaybe<UnboundedPolicy>;
  unboundedInputTokens?: InputMaybe<Scalars['Int']['input']>;
  unit: LimitUnit;
  window?: InputMaybe<LimitWindowInput>;
};

export type SetMemberKeyPolicyInput = {
  duration?: InputMaybe<Scalars['String']['input']>;
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  maxAmount?: InputMaybe<Scalars['Decimal']['input']>;
  maxKeys?: InputMaybe<Scalars['Int']['input']>;
  maxLifetimeSeconds?: InputMaybe<Scalars['Int']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  teamId: Scalars['ID']['input'];
};

export type SetPasswordInput = {
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  password: Scalars['String']['input'];
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type SetPriceAdjustmentInput = {
  discount?: InputMaybe<Scalars['Decimal']['input']>;
  effectiveFrom?: InputMaybe<Scalars['DateTime']['input']>;
  effectiveUntil?: InputMaybe<Scalars['DateTime']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  marginFixedUsd?: InputMaybe<Scalars['Decimal']['input']>;
  marginPercentage?: InputMaybe<Scalars['Decimal']['input']>;
  provider?: InputMaybe<Scalars['String']['input']>;
  reason?: InputMaybe<Scalars['String']['input']>;
  scope: PriceAdjustmentScope;
  scopeId?: InputMaybe<Scalars['ID']['input']>;
};

export type SetPriceInput = {
  effectiveFrom?: InputMaybe<Scalars['DateTime']['input']>;
  effectiveUntil?: InputMaybe<Scalars['DateTime']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  model: Scalars['String']['input'];
  provider?: InputMaybe<Scalars['String']['input']>;
  rates?: InputMaybe<Array<PriceRateInput>>;
  scope: PriceScope;
  scopeId?: InputMaybe<Scalars['ID']['input']>;
  sheet?: InputMaybe<Scalars['JSON']['input']>;
  source?: InputMaybe<Scalars['String']['input']>;
};

export type SignInInput = {
  password: Scalars['String']['input'];
  username: Scalars['String']['input'];
};

export type SpendBucket =
  | 'DAY'
  | 'HOUR'
  | 'MONTH'
  | 'WEEK';

export type SpendDimension =
  | 'ENDPOINT'
  | 'KEY'
  | 'MODEL'
  | 'ORGANIZATION'
  | 'PROJECT'
  | 'PROVIDER'
  | 'TEAM'
  | 'USER';

export type SpendForecastInput = {
  limitId: Scalars['ID']['input'];
};

export type SpendKind =
  | 'ADJUSTMENT'
  | 'CALL';

export type SpendLogFilter = {
  callId?: InputMaybe<Scalars['ID']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  keyId?: InputMaybe<Scalars['ID']['input']>;
  kind?: InputMaybe<SpendKind>;
  model?: InputMaybe<Scalars['String']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  pricingStatus?: InputMaybe<PricingStatus>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  provider?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<SpendStatus>;
  tag?: InputMaybe<Scalars['String']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type SpendLogOrder =
  | 'ADMITTED_AT_ASC'
  | 'ADMITTED_AT_DESC'
  | 'BOOKED_ASC';

export type SpendReportFilterInput = {
  endpoints?: InputMaybe<Array<Scalars['String']['input']>>;
  keyId?: InputMaybe<Scalars['ID']['input']>;
  keyIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  model?: InputMaybe<Scalars['String']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  organizationIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  provider?: InputMaybe<Scalars['String']['input']>;
  providers?: InputMaybe<Array<Scalars['String']['input']>>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  teamIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  userId?: InputMaybe<Scalars['ID']['input']>;
  userIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type SpendReportOrder =
  | 'COST_ASC'
  | 'COST_DESC'
  | 'REQUESTS_DESC'
  | 'TIME_ASC'
  | 'TIME_DESC'
  | 'TOKENS_DESC'
  | 'VALUES_ASC';

export type SpendScopeInput = {
  keyId?: InputMaybe<Scalars['ID']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type SpendStatus =
  | 'ADJUSTED'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'FAILURE'
  | 'SUCCESS';

export type StoreFailurePolicy =
  | 'ALLOW'
  | 'REFUSE';

export type TeamFilter = {
  includeArchived?: InputMaybe<Scalars['Boolean']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type TestAlertChannelInput = {
  alertChannelId: Scalars['ID']['input'];
};

export type TopSpendersInput = {
  dimension: SpendDimension;
  filter?: InputMaybe<SpendReportFilterInput>;
  first?: Scalars['Int']['input'];
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
};

export type UnassignLimitTemplateInput = {
  assignmentId: Scalars['ID']['input'];
};

export type UnblockCustomerInput = {
  customerId: Scalars['ID']['input'];
};

export type UnblockKeyInput = {
  keyId: Scalars['ID']['input'];
};

export type UnblockProjectInput = {
  projectId: Scalars['ID']['input'];
};

export type UnblockServiceAccountInput = {
  serviceAccountId: Scalars['ID']['input'];
};

export type UnblockTeamInput = {
  teamId: Scalars['ID']['input'];
};

export type UnblockUserInput = {
  userId: Scalars['ID']['input'];
};

export type UnboundedPolicy =
  | 'ALLOW'
  | 'REFUSE'
  | 'RESERVE';

export type UpdateAlertChannelInput = {
  alertChannelId: Scalars['ID']['input'];
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  kinds?: InputMaybe<Array<AlertKind>>;
  minimumSeverity?: InputMaybe<AlertSeverity>;
  name?: InputMaybe<Scalars['String']['input']>;
  recipients?: InputMaybe<Array<Scalars['String']['input']>>;
  routingKey?: InputMaybe<Scalars['String']['input']>;
  scopes?: InputMaybe<Array<LimitScope>>;
  url?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateAlertRuleInput = {
  alertRuleId: Scalars['ID']['input'];
  amounts?: InputMaybe<Array<Scalars['Decimal']['input']>>;
  baselineDays?: InputMaybe<Scalars['Int']['input']>;
  channelIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  cooldownMinutes?: InputMaybe<Scalars['Int']['input']>;
  daysBefore?: InputMaybe<Scalars['Int']['input']>;
  deviations?: InputMaybe<Scalars['Int']['input']>;
  digest?: InputMaybe<AlertDigest>;
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  failurePercent?: InputMaybe<Scalars['Int']['input']>;
  minimumCalls?: InputMaybe<Scalars['Int']['input']>;
  minimumUsd?: InputMaybe<Scalars['Decimal']['input']>;
  mutedUntil?: InputMaybe<Scalars['DateTime']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  period?: InputMaybe<ReportPeriod>;
  quietFrom?: InputMaybe<Scalars['String']['input']>;
  quietUntil?: InputMaybe<Scalars['String']['input']>;
  severity?: InputMaybe<AlertSeverity>;
  thresholds?: InputMaybe<Array<Scalars['Decimal']['input']>>;
  timezone?: InputMaybe<Scalars['String']['input']>;
  unit?: InputMaybe<LimitUnit>;
};

export type UpdateCredentialInput = {
  credentialId: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  secret?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateCustomerInput = {
  alias?: InputMaybe<Scalars['String']['input']>;
  customerId: Scalars['ID']['input'];
  metadata?: InputMaybe<Scalars['JSON']['input']>;
};

export type UpdateDeploymentInput = {
  apiBase?: InputMaybe<Scalars['String']['input']>;
  credentialId?: InputMaybe<Scalars['ID']['input']>;
  deploymentId: Scalars['ID']['input'];
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  model?: InputMaybe<Scalars['String']['input']>;
  provider?: InputMaybe<Scalars['String']['input']>;
  upstreamModel?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateKeyInput = {
  alias?: InputMaybe<Scalars['String']['input']>;
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  keyId: Scalars['ID']['input'];
  maxOutputTokens?: InputMaybe<Scalars['Int']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  serviceAccountId?: InputMaybe<Scalars['ID']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type UpdateLimitInput = {
  alertThresholds?: InputMaybe<Array<Scalars['Decimal']['input']>>;
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  duration?: InputMaybe<Scalars['String']['input']>;
  enforcement?: InputMaybe<LimitEnforcement>;
  fallbackModel?: InputMaybe<Scalars['String']['input']>;
  limitId: Scalars['ID']['input'];
  mode?: InputMaybe<LimitMode>;
  onExhaustion?: InputMaybe<ExhaustionAction>;
  onStoreFailure?: InputMaybe<StoreFailurePolicy>;
  softAmount?: InputMaybe<Scalars['Decimal']['input']>;
  throttleMaxWaitMs?: InputMaybe<Scalars['Int']['input']>;
  unboundedInput?: InputMaybe<UnboundedPolicy>;
  unboundedInputTokens?: InputMaybe<Scalars['Int']['input']>;
  window?: InputMaybe<LimitWindowInput>;
};

export type UpdateLimitTemplateInput = {
  name?: InputMaybe<Scalars['String']['input']>;
  templateId: Scalars['ID']['input'];
};

export type UpdateOrganizationInput = {
  blocked?: InputMaybe<Scalars['Boolean']['input']>;
  hidesAmounts?: InputMaybe<Scalars['Boolean']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  name?: InputMaybe<Scalars['String']['input']>;
  organizationId: Scalars['ID']['input'];
};

export type UpdateOrganizationMemberInput = {
  organizationId: Scalars['ID']['input'];
  role: MemberRole;
  userId: Scalars['ID']['input'];
};

export type UpdateProjectInput = {
  description?: InputMaybe<Scalars['String']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  name?: InputMaybe<Scalars['String']['input']>;
  projectId: Scalars['ID']['input'];
};

export type UpdateServiceAccountInput = {
  description?: InputMaybe<Scalars['String']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  role?: InputMaybe<MemberRole>;
  serviceAccountId: Scalars['ID']['input'];
};

export type UpdateTeamInput = {
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  models?: InputMaybe<Array<Scalars['String']['input']>>;
  name?: InputMaybe<Scalars['String']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  teamId: Scalars['ID']['input'];
};

export type UpdateTeamMemberInput = {
  role: MemberRole;
  teamId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};

export type UpdateUserInput = {
  email?: InputMaybe<Scalars['String']['input']>;
  metadata?: InputMaybe<Scalars['JSON']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  role?: InputMaybe<ServerRole>;
  userId: Scalars['ID']['input'];
};

export type UsageSource =
  | 'ESTIMATED'
  | 'NONE'
  | 'PROVIDER'
  | 'RESERVATION';

export type UsageUnit =
  | 'ANNOTATED_PAGES'
  | 'CITATION_TOKENS'
  | 'CODE_SESSIONS'
  | 'COMPUTER_USE_INPUT_TOKENS'
  | 'COMPUTER_USE_OUTPUT_TOKENS'
  | 'FILE_SEARCHES'
  | 'INPUT_AUDIO'
  | 'INPUT_AUDIO_CACHE_READ'
  | 'INPUT_AUDIO_MS'
  | 'INPUT_CACHE_READ'
  | 'INPUT_CACHE_WRITE_1H'
  | 'INPUT_CACHE_WRITE_5M'
  | 'INPUT_CHARACTERS'
  | 'INPUT_IMAGE'
  | 'INPUT_IMAGES'
  | 'INPUT_IMAGE_CACHE_READ'
  | 'INPUT_MESSAGES'
  | 'INPUT_PIXELS'
  | 'INPUT_TEXT'
  | 'INPUT_VIDEO'
  | 'INPUT_VIDEO_MS'
  | 'MAPS_QUERIES'
  | 'OCR_CREDITS'
  | 'OUTPUT_AUDIO'
  | 'OUTPUT_AUDIO_MS'
  | 'OUTPUT_CHARACTERS'
  | 'OUTPUT_IMAGE'
  | 'OUTPUT_IMAGES'
  | 'OUTPUT_PIXELS'
  | 'OUTPUT_REASONING'
  | 'OUTPUT_TEXT'
  | 'OUTPUT_VIDEO'
  | 'OUTPUT_VIDEO_MS'
  | 'PAGES'
  | 'REQUESTS'
  | 'RESPONSE_MS'
  | 'SEARCH_UNITS'
  | 'WEB_SEARCHES';

export type UserErrorCode =
  | 'CONFLICT'
  | 'INVALID'
  | 'LIMIT_REACHED'
  | 'NOT_FOUND'
  | 'REQUIRED';

export type UserFilter = {
  email?: InputMaybe<Scalars['String']['input']>;
  includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  role?: InputMaybe<ServerRole>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type ViewerKind =
  | 'ANONYMOUS'
  | 'KEY'
  | 'MASTER'
  | 'SERVICE_ACCOUNT'
  | 'USER';

export type VirtualKeyFilter = {
  alias?: InputMaybe<Scalars['String']['input']>;
  blocked?: InputMaybe<Scalars['Boolean']['input']>;
  includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
  serviceAccountId?: InputMaybe<Scalars['ID']['input']>;
  tag?: InputMaybe<Scalars['String']['input']>;
  teamId?: InputMaybe<Scalars['ID']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type VirtualKeyOrder =
  | 'ALIAS_ASC'
  | 'ALIAS_DESC'
  | 'CREATED_AT_ASC'
  | 'CREATED_AT_DESC';

export type VirtualKeyState =
  | 'ACTIVE'
  | 'BLOCKED'
  | 'DELETED'
  | 'EXPIRED';

export type WindowAlignment =
  | 'CALENDAR'
  | 'ROLLING';

export type WindowPeriod =
  | 'DAY'
  | 'HOUR'
  | 'MINUTE'
  | 'MONTH'
  | 'QUARTER'
  | 'SECOND'
  | 'TOTAL'
  | 'WEEK'
  | 'YEAR';

export type CreateOrganizationMutationVariables = Exact<{
  name: Scalars['String']['input'];
}>;


export type CreateOrganizationMutation = { createOrganization: { organization?: { id: string, name: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type CreateTeamMutationVariables = Exact<{
  organizationId: Scalars['ID']['input'];
  name: Scalars['String']['input'];
}>;


export type CreateTeamMutation = { createTeam: { team?: { id: string, name: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type AddPersonMutationVariables = Exact<{
  name: Scalars['String']['input'];
  email: Scalars['String']['input'];
}>;


export type AddPersonMutation = { createUser: { user?: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type JoinTeamMutationVariables = Exact<{
  teamId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
}>;


export type JoinTeamMutation = { addTeamMember: { member?: { role: MemberRole, user?: { name?: string | null } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type CreateKeyMutationVariables = Exact<{
  teamId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
  alias: Scalars['String']['input'];
  models: Array<Scalars['String']['input']> | Scalars['String']['input'];
}>;


export type CreateKeyMutation = { createKey: { secret?: string | null, warnings: Array<string>, key?: { id: string, display: string, state: VirtualKeyState } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type CreateTokenMutationVariables = Exact<{
  userId: Scalars['ID']['input'];
}>;


export type CreateTokenMutation = { createAccessToken: { secret?: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type SetTeamBudgetMutationVariables = Exact<{
  teamId: Scalars['ID']['input'];
}>;


export type SetTeamBudgetMutation = { setLimit: { limit?: { id: string, window: { spent: string, reserved: string, remaining: string, endsAt?: string | null } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type SetKeyRateLimitMutationVariables = Exact<{
  keyId: Scalars['ID']['input'];
}>;


export type SetKeyRateLimitMutation = { setLimit: { limit?: { id: string, unit: LimitUnit, amount: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type RaiseBudgetForAWhileMutationVariables = Exact<{
  limitId: Scalars['ID']['input'];
  amount: Scalars['Decimal']['input'];
  expiresAt: Scalars['DateTime']['input'];
  reason: Scalars['String']['input'];
}>;


export type RaiseBudgetForAWhileMutation = { increaseLimit: { limit?: { amount: string, effectiveAmount: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type GiveBackMutationVariables = Exact<{
  limitId: Scalars['ID']['input'];
  amount: Scalars['Decimal']['input'];
  reason: Scalars['String']['input'];
}>;


export type GiveBackMutation = { creditLimit: { limit?: { window: { spent: string, remaining: string } } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type SetContractPriceMutationVariables = Exact<{
  organizationId: Scalars['ID']['input'];
  model: Scalars['String']['input'];
}>;


export type SetContractPriceMutation = { setPrice: { price?: { id: string, effectiveFrom: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type WhatWouldItCostQueryVariables = Exact<{
  model: Scalars['String']['input'];
  keyId: Scalars['ID']['input'];
}>;


export type WhatWouldItCostQuery = { priceQuote: { status: PriceStatus, scope?: PriceScope | null, reason: string, rates: Array<{ unit: UsageUnit, usdPerMillion?: string | null }> }, tokenCount: { tokens: number, isExact: boolean } };

export type WouldItPassQueryVariables = Exact<{
  keyId: Scalars['ID']['input'];
  model: Scalars['String']['input'];
}>;


export type WouldItPassQuery = { explainAdmission?: { isAdmitted: boolean, hold?: string | null, message?: string | null, limits: Array<{ limit?: { scope: LimitScope, unit: LimitUnit, amount: string } | null }> } | null };

export type CreatePipelineAccountMutationVariables = Exact<{
  teamId: Scalars['ID']['input'];
}>;


export type CreatePipelineAccountMutation = { createServiceAccount: { serviceAccount?: { id: string, name: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type LetPipelineInMutationVariables = Exact<{
  serviceAccountId: Scalars['ID']['input'];
}>;


export type LetPipelineInMutation = { createServiceAccountToken: { secret?: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type WatchSpendSubscriptionVariables = Exact<{
  teamId: Scalars['ID']['input'];
}>;


export type WatchSpendSubscription = { spendRecorded: { callId?: string | null, model: string, cost?: string | null, inputTokens: string, outputTokens: string, key?: { alias?: string | null } | null } };

export type WatchBudgetSubscriptionVariables = Exact<{
  limitId: Scalars['ID']['input'];
}>;


export type WatchBudgetSubscription = { budgetChanged: { window: { spent: string, reserved: string, remaining: string } } };

export type WatchKeysSubscriptionVariables = Exact<{
  teamId: Scalars['ID']['input'];
}>;


export type WatchKeysSubscription = { keyChanged: { change: KeyChange, key: { alias?: string | null, state: VirtualKeyState } } };

export type LatestCallsQueryVariables = Exact<{
  teamId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LatestCallsQuery = { spendLogs: { nodes: Array<{ callId?: string | null, admittedAt: string, model: string, status: SpendStatus, cost?: string | null, costBreakdown?: { input: string, cacheRead: string, output: string } | null, usage: Array<{ unit: UsageUnit, amount: string }>, key?: { alias?: string | null } | null, user?: { name?: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type SpendByTeamAndModelQueryVariables = Exact<{
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
}>;


export type SpendByTeamAndModelQuery = { spendReport: { groupCount: number, groups: Array<{ model?: string | null, cost: string, requests: string, inputTokens: string, outputTokens: string, cacheReadTokens: string, team?: { name: string } | null }>, total: { cost: string, requests: string } } };

export type DailySpendQueryVariables = Exact<{
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
}>;


export type DailySpendQuery = { spendReport: { groups: Array<{ time?: string | null, cost: string, requests: string, failures: string }> } };

export type WhoseKeysCostMostQueryVariables = Exact<{
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
}>;


export type WhoseKeysCostMostQuery = { topSpenders: { groups: Array<{ cost: string, key?: { alias?: string | null, team?: { name: string } | null } | null }> } };

export type WhenIsItUsedUpQueryVariables = Exact<{
  limitId: Scalars['ID']['input'];
}>;


export type WhenIsItUsedUpQuery = { spendForecast?: { window: { spent: string, endsAt?: string | null }, last24Hours: { ratePerHour?: string | null, projectedTotal?: string | null, exhaustedAt?: string | null, method: string } } | null };

export type KeysAndTheirBudgetsQueryVariables = Exact<{
  teamId: Scalars['ID']['input'];
}>;


export type KeysAndTheirBudgetsQuery = { keys: { nodes: Array<{ alias?: string | null, display: string, owner?: { name?: string | null } | null, spend: { cost: string, requests: string }, limits: { nodes: Array<{ unit: LimitUnit, amount: string, window: { spent: string, remaining: string, endsAt?: string | null } }> } }> } };

export type CallsInFlightQueryVariables = Exact<{ [key: string]: never; }>;


export type CallsInFlightQuery = { callsInFlight: { nodes: Array<{ id: string, model: string, hold: string, deadlineAt: string }> } };

export type UnpricedCallsQueryVariables = Exact<{ [key: string]: never; }>;


export type UnpricedCallsQuery = { spendLogs: { nodes: Array<{ callId?: string | null, model: string, provider: string }> } };

export type DoesTheLedgerAddUpQueryVariables = Exact<{ [key: string]: never; }>;


export type DoesTheLedgerAddUpQuery = { ledgerIntegrity: { ok: boolean, checks: Array<{ name: string, ok: boolean }> } };

export type RotateKeyMutationVariables = Exact<{
  keyId: Scalars['ID']['input'];
}>;


export type RotateKeyMutation = { rotateKey: { secret?: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type BlockKeyMutationVariables = Exact<{
  keyId: Scalars['ID']['input'];
}>;


export type BlockKeyMutation = { blockKey: { key?: { state: VirtualKeyState } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };


export const CreateOrganizationDocument = gql`
    mutation CreateOrganization($name: String!) {
  createOrganization(input: {name: $name}) {
    organization {
      id
      name
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<CreateOrganizationMutation, CreateOrganizationMutationVariables>;
export const CreateTeamDocument = gql`
    mutation CreateTeam($organizationId: ID!, $name: String!) {
  createTeam(input: {organizationId: $organizationId, name: $name}) {
    team {
      id
      name
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<CreateTeamMutation, CreateTeamMutationVariables>;
export const AddPersonDocument = gql`
    mutation AddPerson($name: String!, $email: String!) {
  createUser(input: {name: $name, email: $email}) {
    user {
      id
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<AddPersonMutation, AddPersonMutationVariables>;
export const JoinTeamDocument = gql`
    mutation JoinTeam($teamId: ID!, $userId: ID!) {
  addTeamMember(input: {teamId: $teamId, userId: $userId, role: MEMBER}) {
    member {
      role
      user {
        name
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<JoinTeamMutation, JoinTeamMutationVariables>;
export const CreateKeyDocument = gql`
    mutation CreateKey($teamId: ID!, $userId: ID!, $alias: String!, $models: [String!]!) {
  createKey(
    input: {teamId: $teamId, userId: $userId, alias: $alias, models: $models, tags: ["env:production"]}
  ) {
    secret
    key {
      id
      display
      state
    }
    warnings
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<CreateKeyMutation, CreateKeyMutationVariables>;
export const CreateTokenDocument = gql`
    mutation CreateToken($userId: ID!) {
  createAccessToken(input: {userId: $userId, name: "laptop"}) {
    secret
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<CreateTokenMutation, CreateTokenMutationVariables>;
export const SetTeamBudgetDocument = gql`
    mutation SetTeamBudget($teamId: ID!) {
  setLimit(
    input: {scope: TEAM, scopeId: $teamId, unit: USD, amount: "500", window: {period: MONTH, timezone: "Europe/Berlin"}, alertThresholds: ["50", "80", "95"]}
  ) {
    limit {
      id
      window {
        spent
        reserved
        remaining
        endsAt
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<SetTeamBudgetMutation, SetTeamBudgetMutationVariables>;
export const SetKeyRateLimitDocument = gql`
    mutation SetKeyRateLimit($keyId: ID!) {
  setLimit(
    input: {scope: KEY, scopeId: $keyId, unit: REQUESTS, amount: "600", window: {period: MINUTE}}
  ) {
    limit {
      id
      unit
      amount
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<SetKeyRateLimitMutation, SetKeyRateLimitMutationVariables>;
export const RaiseBudgetForAWhileDocument = gql`
    mutation RaiseBudgetForAWhile($limitId: ID!, $amount: Decimal!, $expiresAt: DateTime!, $reason: String!) {
  increaseLimit(
    input: {limitId: $limitId, amount: $amount, expiresAt: $expiresAt, reason: $reason}
  ) {
    limit {
      amount
      effectiveAmount
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<RaiseBudgetForAWhileMutation, RaiseBudgetForAWhileMutationVariables>;
export const GiveBackDocument = gql`
    mutation GiveBack($limitId: ID!, $amount: Decimal!, $reason: String!) {
  creditLimit(input: {limitId: $limitId, amount: $amount, reason: $reason}) {
    limit {
      window {
        spent
        remaining
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<GiveBackMutation, GiveBackMutationVariables>;
export const SetContractPriceDocument = gql`
    mutation SetContractPrice($organizationId: ID!, $model: String!) {
  setPrice(
    input: {scope: ORGANIZATION, scopeId: $organizationId, model: $model, rates: [{unit: INPUT_TEXT, usdPerMillion: "0.8"}, {unit: OUTPUT_TEXT, usdPerMillion: "1.6"}], source: "contract of 2026"}
  ) {
    price {
      id
      effectiveFrom
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<SetContractPriceMutation, SetContractPriceMutationVariables>;
export const WhatWouldItCostDocument = gql`
    query WhatWouldItCost($model: String!, $keyId: ID!) {
  priceQuote(model: $model, keyId: $keyId) {
    status
    scope
    reason
    rates {
      unit
      usdPerMillion
    }
  }
  tokenCount(model: $model, text: "How many tokens is this?") {
    tokens
    isExact
  }
}
    ` as unknown as DocumentNode<WhatWouldItCostQuery, WhatWouldItCostQueryVariables>;
export const WouldItPassDocument = gql`
    query WouldItPass($keyId: ID!, $model: String!) {
  explainAdmission(
    input: {keyId: $keyId, model: $model, inputTokens: 1000, maxOutputTokens: 500}
  ) {
    isAdmitted
    hold
    message
    limits {
      limit {
        scope
        unit
        amount
      }
    }
  }
}
    ` as unknown as DocumentNode<WouldItPassQuery, WouldItPassQueryVariables>;
export const CreatePipelineAccountDocument = gql`
    mutation CreatePipelineAccount($teamId: ID!) {
  createServiceAccount(input: {teamId: $teamId, name: "Deployer", role: ADMIN}) {
    serviceAccount {
      id
      name
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<CreatePipelineAccountMutation, CreatePipelineAccountMutationVariables>;
export const LetPipelineInDocument = gql`
    mutation LetPipelineIn($serviceAccountId: ID!) {
  createServiceAccountToken(
    input: {serviceAccountId: $serviceAccountId, name: "CI"}
  ) {
    secret
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<LetPipelineInMutation, LetPipelineInMutationVariables>;
export const WatchSpendDocument = gql`
    subscription WatchSpend($teamId: ID!) {
  spendRecorded(scope: {teamId: $teamId}) {
    callId
    model
    cost
    inputTokens
    outputTokens
    key {
      alias
    }
  }
}
    ` as unknown as DocumentNode<WatchSpendSubscription, WatchSpendSubscriptionVariables>;
export const WatchBudgetDocument = gql`
    subscription WatchBudget($limitId: ID!) {
  budgetChanged(limitId: $limitId) {
    window {
      spent
      reserved
      remaining
    }
  }
}
    ` as unknown as DocumentNode<WatchBudgetSubscription, WatchBudgetSubscriptionVariables>;
export const WatchKeysDocument = gql`
    subscription WatchKeys($teamId: ID!) {
  keyChanged(scope: {teamId: $teamId}) {
    change
    key {
      alias
      state
    }
  }
}
    ` as unknown as DocumentNode<WatchKeysSubscription, WatchKeysSubscriptionVariables>;
export const LatestCallsDocument = gql`
    query LatestCalls($teamId: ID!, $first: Int = 20, $after: String) {
  spendLogs(filter: {teamId: $teamId}, first: $first, after: $after) {
    nodes {
      callId
      admittedAt
      model
      status
      cost
      costBreakdown {
        input
        cacheRead
        output
      }
      usage {
        unit
        amount
      }
      key {
        alias
      }
      user {
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<LatestCallsQuery, LatestCallsQueryVariables>;
export const SpendByTeamAndModelDocument = gql`
    query SpendByTeamAndModel($from: DateTime!, $to: DateTime!) {
  spendReport(
    from: $from
    to: $to
    timezone: "Europe/Berlin"
    groupBy: [TEAM, MODEL]
  ) {
    groups {
      team {
        name
      }
      model
      cost
      requests
      inputTokens
      outputTokens
      cacheReadTokens
    }
    groupCount
    total {
      cost
      requests
    }
  }
}
    ` as unknown as DocumentNode<SpendByTeamAndModelQuery, SpendByTeamAndModelQueryVariables>;
export const DailySpendDocument = gql`
    query DailySpend($from: DateTime!, $to: DateTime!) {
  spendReport(
    from: $from
    to: $to
    timezone: "Asia/Kathmandu"
    groupBy: []
    bucket: DAY
    orderBy: TIME_ASC
  ) {
    groups {
      time
      cost
      requests
      failures
    }
  }
}
    ` as unknown as DocumentNode<DailySpendQuery, DailySpendQueryVariables>;
export const WhoseKeysCostMostDocument = gql`
    query WhoseKeysCostMost($from: DateTime!, $to: DateTime!) {
  topSpenders(input: {dimension: KEY, from: $from, to: $to, first: 5}) {
    groups {
      key {
        alias
        team {
          name
        }
      }
      cost
    }
  }
}
    ` as unknown as DocumentNode<WhoseKeysCostMostQuery, WhoseKeysCostMostQueryVariables>;
export const WhenIsItUsedUpDocument = gql`
    query WhenIsItUsedUp($limitId: ID!) {
  spendForecast(input: {limitId: $limitId}) {
    window {
      spent
      endsAt
    }
    last24Hours {
      ratePerHour
      projectedTotal
      exhaustedAt
      method
    }
  }
}
    ` as unknown as DocumentNode<WhenIsItUsedUpQuery, WhenIsItUsedUpQueryVariables>;
export const KeysAndTheirBudgetsDocument = gql`
    query KeysAndTheirBudgets($teamId: ID!) {
  keys(filter: {teamId: $teamId}, first: 50) {
    nodes {
      alias
      display
      owner {
        name
      }
      spend {
        cost
        requests
      }
      limits {
        nodes {
          unit
          amount
          window {
            spent
            remaining
            endsAt
          }
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<KeysAndTheirBudgetsQuery, KeysAndTheirBudgetsQueryVariables>;
export const CallsInFlightDocument = gql`
    query CallsInFlight {
  callsInFlight(first: 10) {
    nodes {
      id
      model
      hold
      deadlineAt
    }
  }
}
    ` as unknown as DocumentNode<CallsInFlightQuery, CallsInFlightQueryVariables>;
export const UnpricedCallsDocument = gql`
    query UnpricedCalls {
  spendLogs(filter: {pricingStatus: UNPRICED}) {
    nodes {
      callId
      model
      provider
    }
  }
}
    ` as unknown as DocumentNode<UnpricedCallsQuery, UnpricedCallsQueryVariables>;
export const DoesTheLedgerAddUpDocument = gql`
    query DoesTheLedgerAddUp {
  ledgerIntegrity {
    ok
    checks {
      name
      ok
    }
  }
}
    ` as unknown as DocumentNode<DoesTheLedgerAddUpQuery, DoesTheLedgerAddUpQueryVariables>;
export const RotateKeyDocument = gql`
    mutation RotateKey($keyId: ID!) {
  rotateKey(input: {keyId: $keyId}) {
    secret
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<RotateKeyMutation, RotateKeyMutationVariables>;
export const BlockKeyDocument = gql`
    mutation BlockKey($keyId: ID!) {
  blockKey(input: {keyId: $keyId}) {
    key {
      state
    }
    userErrors {
      code
      message
      field
    }
  }
}
    ` as unknown as DocumentNode<BlockKeyMutation, BlockKeyMutationVariables>;