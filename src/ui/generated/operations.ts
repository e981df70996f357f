import type { TypedDocumentNode as DocumentNode } from 'urql';
import { gql } from 'urql';
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

export type AlertsQueryVariables = Exact<{
  filter?: InputMaybe<AlertFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type AlertsQuery = { alerts: { nodes: Array<{ id: string, kind: AlertKind, severity: AlertSeverity, title: string, message: string, raisedAt: string, acknowledgedAt?: string | null, acknowledgedBy?: string | null, acknowledgeNote?: string | null }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type AlertRulesQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type AlertRulesQuery = { alertRules: { nodes: Array<{ id: string, kind: AlertKind, name: string, scope: AlertRuleScope, scopeId: string, enabled: boolean, thresholds?: Array<string> | null, amounts?: Array<string> | null, unit?: LimitUnit | null, digest: AlertDigest, quietFrom?: string | null, quietUntil?: string | null, timezone: string, cooldownMinutes: number, severity?: AlertSeverity | null, daysBefore?: number | null, failurePercent?: number | null, minimumUsd?: string | null, period?: ReportPeriod | null, mutedUntil?: string | null }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type AcknowledgeAlertMutationVariables = Exact<{
  input: AcknowledgeAlertInput;
}>;


export type AcknowledgeAlertMutation = { acknowledgeAlert: { alert?: { id: string, acknowledgedAt?: string | null, acknowledgedBy?: string | null } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type CreateAlertRuleMutationVariables = Exact<{
  input: CreateAlertRuleInput;
}>;


export type CreateAlertRuleMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type EditAlertRuleMutationVariables = Exact<{
  input: UpdateAlertRuleInput;
}>;


export type EditAlertRuleMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type DeleteAlertRuleMutationVariables = Exact<{
  input: DeleteAlertRuleInput;
}>;


export type DeleteAlertRuleMutation = { deleteAlertRule: { userErrors: Array<{ field: Array<string>, message: string }> } };

export type UpdateAlertRuleMutationVariables = Exact<{
  input: UpdateAlertRuleInput;
}>;


export type UpdateAlertRuleMutation = { updateAlertRule: { alertRule?: { id: string, enabled: boolean } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type WatchAlertsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type WatchAlertsSubscription = { alertRaised: { id: string, title: string, severity: AlertSeverity } };

export type AlertChannelsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type AlertChannelsQuery = { alertChannels: { nodes: Array<{ id: string, name: string, type: AlertChannelType, target?: string | null, recipients: Array<string>, minimumSeverity: AlertSeverity, enabled: boolean, source: AlertChannelSource, team?: { name: string } | null, organization?: { name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type CreateAlertChannelMutationVariables = Exact<{
  input: CreateAlertChannelInput;
}>;


export type CreateAlertChannelMutation = { done: { secret?: string | null, holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type EditAlertChannelMutationVariables = Exact<{
  input: UpdateAlertChannelInput;
}>;


export type EditAlertChannelMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type DeleteAlertChannelMutationVariables = Exact<{
  input: DeleteAlertChannelInput;
}>;


export type DeleteAlertChannelMutation = { deleteAlertChannel: { userErrors: Array<{ field: Array<string>, message: string }> } };

export type TestAlertChannelMutationVariables = Exact<{
  input: TestAlertChannelInput;
}>;


export type TestAlertChannelMutation = { testAlertChannel: { delivered?: boolean | null, httpStatus?: number | null, error?: string | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type AuditQueryVariables = Exact<{
  filter?: InputMaybe<AuditFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type AuditQuery = { auditLog: { nodes: Array<{ id: string, action: string, actorKind: AuditActorKind, actorId?: string | null, onBehalfOf?: string | null, subjectType: string, subjectId?: string | null, before?: unknown | null, after?: unknown | null, address?: string | null, requestId?: string | null, userAgent?: string | null, createdAt: string, actorUser?: { name?: string | null, email?: string | null } | null, actorKey?: { alias?: string | null, display: string } | null, organization?: { name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type ReportQueryVariables = Exact<{
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  timezone: Scalars['String']['input'];
  groupBy: Array<SpendDimension> | SpendDimension;
  filter?: InputMaybe<SpendReportFilterInput>;
  first: Scalars['Int']['input'];
}>;


export type ReportQuery = { spendReport: { groupCount: number, groups: Array<{ organizationId?: string | null, teamId?: string | null, projectId?: string | null, userId?: string | null, keyId?: string | null, model?: string | null, provider?: string | null, endpoint?: string | null, cost: string, requests: string, failures: string, unpriced: string, inputTokens: string, outputTokens: string, cacheReadTokens: string, organization?: { name: string } | null, team?: { name: string } | null, project?: { name: string } | null, user?: { name?: string | null } | null, key?: { alias?: string | null, display: string } | null }>, total: { cost: string, requests: string, failures: string, inputTokens: string, outputTokens: string, cacheReadTokens: string } } };

export type SeriesQueryVariables = Exact<{
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  timezone: Scalars['String']['input'];
  groupBy: Array<SpendDimension> | SpendDimension;
  bucket: SpendBucket;
  filter?: InputMaybe<SpendReportFilterInput>;
}>;


export type SeriesQuery = { spendReport: { groups: Array<{ time?: string | null, organizationId?: string | null, teamId?: string | null, projectId?: string | null, userId?: string | null, keyId?: string | null, model?: string | null, provider?: string | null, endpoint?: string | null, cost: string, requests: string, inputTokens: string, outputTokens: string }> } };

export type NamesQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type NamesQuery = { nodes: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string, organizationName: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string, projectName: string }
    | { id: string }
    | { id: string }
    | { id: string, teamName: string }
    | { id: string }
    | { id: string }
    | { email?: string | null, id: string, userName?: string | null }
    | { alias?: string | null, display: string, id: string }
   | null> };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { serverHealth: { version: string, database: { reachable: boolean, latencyMs?: number | null, version?: string | null }, journal: { waitingCalls: number, openCalls: number, bytes: string, maxBytes: string } } };

export type InFlightQueryVariables = Exact<{ [key: string]: never; }>;


export type InFlightQuery = { callsInFlight: { nodes: Array<{ id: string, admittedAt: string, model: string, hold: string, key?: { alias?: string | null, display: string } | null, team?: { name: string } | null }> } };

export type IntegrityQueryVariables = Exact<{ [key: string]: never; }>;


export type IntegrityQuery = { ledgerIntegrity: { ok: boolean, roleOwnsTables: boolean, checks: Array<{ name: string, description: string, ok: boolean }> } };

export type KeysQueryVariables = Exact<{
  filter?: InputMaybe<VirtualKeyFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type KeysQuery = { holders: { nodes: Array<{ id: string, alias?: string | null, display: string, state: VirtualKeyState, blocked: boolean, expiresAt?: string | null, models: Array<string>, tags: Array<string>, metadata: unknown, maxOutputTokens?: number | null, team?: { id: string, name: string } | null, project?: { id: string, name: string } | null, owner?: { id: string, name?: string | null } | null, spend: { cost: string, requests: string }, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type TeamsQueryVariables = Exact<{
  filter?: InputMaybe<TeamFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type TeamsQuery = { holders: { nodes: Array<{ id: string, name: string, blocked: boolean, models: Array<string>, tags: Array<string>, metadata: unknown, organization?: { id: string, name: string } | null, spend?: { cost: string, requests: string } | null, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type OrganizationsQueryVariables = Exact<{
  filter?: InputMaybe<OrganizationFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type OrganizationsQuery = { holders: { nodes: Array<{ id: string, name: string, blocked: boolean, models: Array<string>, metadata: unknown, spend?: { cost: string, requests: string } | null, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type UsersQueryVariables = Exact<{
  filter?: InputMaybe<UserFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type UsersQuery = { holders: { nodes: Array<{ id: string, name?: string | null, email?: string | null, role: ServerRole, blocked: boolean, metadata: unknown, spend?: { cost: string, requests: string } | null, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type CustomersQueryVariables = Exact<{
  filter?: InputMaybe<CustomerFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type CustomersQuery = { holders: { nodes: Array<{ id: string, externalId: string, alias?: string | null, blocked: boolean, metadata: unknown, organization?: { id: string, name: string } | null, spend: { cost: string, requests: string }, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type ProjectsQueryVariables = Exact<{
  filter?: InputMaybe<ProjectFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ProjectsQuery = { holders: { nodes: Array<{ id: string, name: string, description?: string | null, blocked: boolean, models: Array<string>, metadata: unknown, team?: { id: string, name: string } | null, spend?: { cost: string, requests: string } | null, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type CreateKeyMutationVariables = Exact<{
  input: CreateKeyInput;
}>;


export type CreateKeyMutation = { done: { secret?: string | null, warnings: Array<string>, holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UpdateKeyMutationVariables = Exact<{
  input: UpdateKeyInput;
}>;


export type UpdateKeyMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type BlockKeyMutationVariables = Exact<{
  input: BlockKeyInput;
}>;


export type BlockKeyMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UnblockKeyMutationVariables = Exact<{
  input: UnblockKeyInput;
}>;


export type UnblockKeyMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type DeleteKeyMutationVariables = Exact<{
  input: DeleteKeyInput;
}>;


export type DeleteKeyMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type CreateTeamMutationVariables = Exact<{
  input: CreateTeamInput;
}>;


export type CreateTeamMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UpdateTeamMutationVariables = Exact<{
  input: UpdateTeamInput;
}>;


export type UpdateTeamMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type BlockTeamMutationVariables = Exact<{
  input: BlockTeamInput;
}>;


export type BlockTeamMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UnblockTeamMutationVariables = Exact<{
  input: UnblockTeamInput;
}>;


export type UnblockTeamMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type ArchiveTeamMutationVariables = Exact<{
  input: ArchiveTeamInput;
}>;


export type ArchiveTeamMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type CreateOrganizationMutationVariables = Exact<{
  input: CreateOrganizationInput;
}>;


export type CreateOrganizationMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UpdateOrganizationMutationVariables = Exact<{
  input: UpdateOrganizationInput;
}>;


export type UpdateOrganizationMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type ArchiveOrganizationMutationVariables = Exact<{
  input: ArchiveOrganizationInput;
}>;


export type ArchiveOrganizationMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type BlockUserMutationVariables = Exact<{
  input: BlockUserInput;
}>;


export type BlockUserMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UnblockUserMutationVariables = Exact<{
  input: UnblockUserInput;
}>;


export type UnblockUserMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type DeleteUserMutationVariables = Exact<{
  input: DeleteUserInput;
}>;


export type DeleteUserMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type CreateCustomerMutationVariables = Exact<{
  input: CreateCustomerInput;
}>;


export type CreateCustomerMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UpdateCustomerMutationVariables = Exact<{
  input: UpdateCustomerInput;
}>;


export type UpdateCustomerMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type BlockCustomerMutationVariables = Exact<{
  input: BlockCustomerInput;
}>;


export type BlockCustomerMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UnblockCustomerMutationVariables = Exact<{
  input: UnblockCustomerInput;
}>;


export type UnblockCustomerMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type DeleteCustomerMutationVariables = Exact<{
  input: DeleteCustomerInput;
}>;


export type DeleteCustomerMutation = { done: { userErrors: Array<{ field: Array<string>, message: string }> } };

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UpdateProjectMutationVariables = Exact<{
  input: UpdateProjectInput;
}>;


export type UpdateProjectMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type BlockProjectMutationVariables = Exact<{
  input: BlockProjectInput;
}>;


export type BlockProjectMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UnblockProjectMutationVariables = Exact<{
  input: UnblockProjectInput;
}>;


export type UnblockProjectMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type ArchiveProjectMutationVariables = Exact<{
  input: ArchiveProjectInput;
}>;


export type ArchiveProjectMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type RotateKeyMutationVariables = Exact<{
  input: RotateKeyInput;
}>;


export type RotateKeyMutation = { done: { secret?: string | null, holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type ExpireKeyMutationVariables = Exact<{
  input: ExpireKeyInput;
}>;


export type ExpireKeyMutation = { done: { holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type BudgetFragment = { id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } };

export type LimitsQueryVariables = Exact<{
  filter?: InputMaybe<LimitFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LimitsQuery = { limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, organization?: { name: string } | null, team?: { name: string } | null, project?: { name: string } | null, user?: { name?: string | null } | null, key?: { alias?: string | null, display: string } | null, customer?: { externalId: string } | null, template?: { name: string } | null, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type LimitHistoryQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type LimitHistoryQuery = { limit?: { onExhaustion: ExhaustionAction, createdBy: string, createdAt: string, id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, organization?: { name: string } | null, team?: { name: string } | null, project?: { name: string } | null, user?: { name?: string | null } | null, key?: { alias?: string | null, display: string } | null, customer?: { externalId: string } | null, template?: { name: string } | null, adjustments: { nodes: Array<{ kind: LimitAdjustmentKind, amount: string, bookedAt: string, reason: string, actor: string }> }, windows: { nodes: Array<{ startsAt: string, endsAt?: string | null, spent: string, overrun: string, excessCalls: number }> }, increases: { nodes: Array<{ amount: string, expiresAt: string, reason: string, actor: string }> }, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } } | null };

export type ForecastQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ForecastQuery = { spendForecast?: { sinceWindowStart: { method: string, ratePerHour?: string | null, projectedTotal?: string | null, exhaustedAt?: string | null } } | null };

export type WatchBudgetSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type WatchBudgetSubscription = { budgetChanged: { id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } } };

export type SetLimitMutationVariables = Exact<{
  input: SetLimitInput;
}>;


export type SetLimitMutation = { setLimit: { limit?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type IncreaseLimitMutationVariables = Exact<{
  input: IncreaseLimitInput;
}>;


export type IncreaseLimitMutation = { increaseLimit: { limit?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type CreditLimitMutationVariables = Exact<{
  input: CreditLimitInput;
}>;


export type CreditLimitMutation = { creditLimit: { limit?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type UpdateLimitMutationVariables = Exact<{
  input: UpdateLimitInput;
}>;


export type UpdateLimitMutation = { updateLimit: { limit?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type ResetLimitMutationVariables = Exact<{
  input: ResetLimitInput;
}>;


export type ResetLimitMutation = { resetLimit: { limit?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type DeleteLimitMutationVariables = Exact<{
  input: DeleteLimitInput;
}>;


export type DeleteLimitMutation = { deleteLimit: { userErrors: Array<{ field: Array<string>, message: string }> } };

export type ExplainQueryVariables = Exact<{
  input: ExplainAdmissionInput;
}>;


export type ExplainQuery = { explainAdmission?: { isAdmitted: boolean, message?: string | null, hold?: string | null, inputTokens?: number | null, outputTokens?: number | null, limits: Array<{ scope: LimitScope, unit: LimitUnit, amount?: string | null, spent?: string | null, reserved?: string | null, remaining?: string | null, ask?: string | null, fits: boolean, resetsAt?: string | null }> } | null };

export type TreeRootsQueryVariables = Exact<{
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type TreeRootsQuery = { organizations: { nodes: Array<{ id: string, name: string, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type TreeTeamsQueryVariables = Exact<{
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type TreeTeamsQuery = { teams: { nodes: Array<{ id: string, name: string, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type TreeProjectsQueryVariables = Exact<{
  teamId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type TreeProjectsQuery = { projects: { nodes: Array<{ id: string, name: string, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type TreeKeysQueryVariables = Exact<{
  teamId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type TreeKeysQuery = { keys: { nodes: Array<{ id: string, alias?: string | null, display: string, project?: { id: string } | null, limits: { nodes: Array<{ id: string, scope: LimitScope, scopeId: string, unit: LimitUnit, amount: string, effectiveAmount: string, softAmount?: string | null, enforcement: LimitEnforcement, mode: LimitMode, models: Array<string>, windowSpec: { period: WindowPeriod, count: number }, window: { spent: string, reserved: string, remaining: string, startsAt: string, endsAt?: string | null, isSoftExceeded: boolean } }> } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type LogsQueryVariables = Exact<{
  filter?: InputMaybe<SpendLogFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LogsQuery = { spendLogs: { nodes: Array<{ id: string, callId?: string | null, admittedAt: string, model: string, provider: string, status: SpendStatus, pricingStatus: PricingStatus, cost?: string | null, inputTokens: string, outputTokens: string, keyAlias?: string | null, teamName?: string | null, durationMs?: number | null }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type CallQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CallQuery = { spendLog?: { id: string, callId?: string | null, kind: SpendKind, status: SpendStatus, admittedAt: string, bookedAt: string, model: string, servedModel?: string | null, fallbackFrom?: string | null, provider: string, endpoint: string, stream: boolean, httpStatus?: number | null, error?: string | null, reason?: string | null, durationMs?: number | null, firstByteMs?: number | null, cost?: string | null, hold: string, overrun: string, pricingStatus: PricingStatus, usageSource: UsageSource, customerId?: string | null, tags: Array<string>, keyAlias?: string | null, teamName?: string | null, organizationName: string, usage: Array<{ unit: UsageUnit, amount: string }>, costBreakdown?: { input: string, cacheRead: string, cacheWrite: string, output: string, reasoning: string, audio: string, image: string, video: string, tools: string, other: string, discount: string, margin: string } | null, price?: { id: string, scope: PriceScope, model: string, source: string } | null } | null };

export type OrganizationNamesQueryVariables = Exact<{
  filter?: InputMaybe<OrganizationFilter>;
}>;


export type OrganizationNamesQuery = { named: { nodes: Array<{ id: string, name: string }> } };

export type TeamNamesQueryVariables = Exact<{
  filter?: InputMaybe<TeamFilter>;
}>;


export type TeamNamesQuery = { named: { nodes: Array<{ id: string, name: string }> } };

export type ProjectNamesQueryVariables = Exact<{
  filter?: InputMaybe<ProjectFilter>;
}>;


export type ProjectNamesQuery = { named: { nodes: Array<{ id: string, name: string }> } };

export type UserNamesQueryVariables = Exact<{
  filter?: InputMaybe<UserFilter>;
}>;


export type UserNamesQuery = { named: { nodes: Array<{ id: string, name?: string | null, email?: string | null }> } };

export type KeyNamesQueryVariables = Exact<{
  filter?: InputMaybe<VirtualKeyFilter>;
}>;


export type KeyNamesQuery = { named: { nodes: Array<{ id: string, display: string, name?: string | null }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { kind: ViewerKind, user?: { id: string, name?: string | null, role: ServerRole, organizationMemberships: { nodes: Array<{ role: MemberRole }> }, teamMemberships: { nodes: Array<{ role: MemberRole }> } } | null, key?: { id: string, alias?: string | null, display: string } | null } };

export type SignInMutationVariables = Exact<{
  username: Scalars['String']['input'];
  password: Scalars['String']['input'];
}>;


export type SignInMutation = { signIn: { secret?: string | null, userErrors: Array<{ message: string }> } };

export type SpendTotalQueryVariables = Exact<{
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  timezone: Scalars['String']['input'];
}>;


export type SpendTotalQuery = { spendReport: { total: { cost: string, requests: string, failures: string, unpriced: string, inputTokens: string, outputTokens: string, cacheReadTokens: string } } };

export type MonthByModelQueryVariables = Exact<{
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  timezone: Scalars['String']['input'];
}>;


export type MonthByModelQuery = { spendReport: { groups: Array<{ model?: string | null, provider?: string | null, cost: string }>, total: { cost: string, requests: string, failures: string, unpriced: string, inputTokens: string, outputTokens: string, cacheReadTokens: string } } };

export type SpendByDayQueryVariables = Exact<{
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  timezone: Scalars['String']['input'];
}>;


export type SpendByDayQuery = { spendReport: { groups: Array<{ time?: string | null, model?: string | null, cost: string }> } };

export type TopOfQueryVariables = Exact<{
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  dimension: SpendDimension;
}>;


export type TopOfQuery = { topSpenders: { groups: Array<{ model?: string | null, provider?: string | null, cost: string, requests: string, team?: { id: string, name: string } | null, key?: { id: string, alias?: string | null, display: string } | null }> } };

export type WatchSpendSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type WatchSpendSubscription = { spendRecorded: { id: string, model: string, cost?: string | null, admittedAt: string, status: SpendStatus, keyAlias?: string | null, teamName?: string | null } };

export type CatalogueQueryVariables = Exact<{
  search?: InputMaybe<Scalars['String']['input']>;
  provider?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type CatalogueQuery = { cataloguePrices: { nodes: Array<{ model: string, name: string, provider: string, status: PriceStatus, source?: string | null, contextWindowTokens?: number | null, description?: string | null, effectiveFrom?: string | null, effectiveUntil?: string | null, deprecated: boolean, rates: Array<{ unit: UsageUnit, rate: string, usdPerMillion?: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type CustomPricesQueryVariables = Exact<{
  filter?: InputMaybe<PriceFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type CustomPricesQuery = { prices: { nodes: Array<{ id: string, scope: PriceScope, model: string, provider?: string | null, source: string, effectiveFrom: string, effectiveUntil?: string | null, createdBy: string, rates: Array<{ unit: UsageUnit, rate: string, usdPerMillion?: string | null }>, team?: { name: string } | null, organization?: { name: string } | null, key?: { alias?: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export type ImportsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
}>;


export type ImportsQuery = { priceImports: { nodes: Array<{ id: string, status: PriceImportStatus, source: string, createdAt: string, addedCount: number, changedCount: number, removedCount: number, unreadableCount: number, changes: { nodes: Array<{ kind: PriceChangeKind, model: string, provider?: string | null, fields: Array<{ field: string, old?: string | null, new?: string | null }> }> } }> } };

export type ApproveImportMutationVariables = Exact<{
  input: ApprovePriceImportInput;
}>;


export type ApproveImportMutation = { approvePriceImport: { userErrors: Array<{ field: Array<string>, message: string }> } };

export type RejectImportMutationVariables = Exact<{
  input: RejectPriceImportInput;
}>;


export type RejectImportMutation = { rejectPriceImport: { userErrors: Array<{ field: Array<string>, message: string }> } };

export type ImportPricesMutationVariables = Exact<{
  input: ImportPricesInput;
}>;


export type ImportPricesMutation = { importPrices: { priceImport?: { id: string, status: PriceImportStatus } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type EndPriceMutationVariables = Exact<{
  input: EndPriceInput;
}>;


export type EndPriceMutation = { endPrice: { price?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type SetPriceMutationVariables = Exact<{
  input: SetPriceInput;
}>;


export type SetPriceMutation = { done: { warnings: Array<string>, holder?: { id: string } | null, userErrors: Array<{ field: Array<string>, message: string }> } };

export type EstimateQueryVariables = Exact<{
  model: Scalars['String']['input'];
  usage: Scalars['JSON']['input'];
}>;


export type EstimateQuery = { completionCost: { status: PricingStatus, cost?: string | null, provider?: string | null, source?: string | null, breakdown?: { input: string, cacheRead: string, output: string } | null } };

export type TagKeysQueryVariables = Exact<{
  tag: Scalars['String']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type TagKeysQuery = { keys: { nodes: Array<{ id: string, alias?: string | null, display: string, state: VirtualKeyState, team?: { name: string } | null, spend: { cost: string, requests: string } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } };

export const BudgetFragmentDoc = gql`
    fragment Budget on Limit {
  id
  scope
  scopeId
  unit
  amount
  effectiveAmount
  softAmount
  enforcement
  mode
  models
  windowSpec {
    period
    count
  }
  window {
    spent
    reserved
    remaining
    startsAt
    endsAt
    isSoftExceeded
  }
}
    ` as unknown as DocumentNode<BudgetFragment, unknown>;
export const AlertsDocument = gql`
    query Alerts($filter: AlertFilter, $first: Int!, $after: String) {
  alerts(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      kind
      severity
      title
      message
      raisedAt
      acknowledgedAt
      acknowledgedBy
      acknowledgeNote
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<AlertsQuery, AlertsQueryVariables>;
export const AlertRulesDocument = gql`
    query AlertRules($first: Int!, $after: String) {
  alertRules(first: $first, after: $after) {
    nodes {
      id
      kind
      name
      scope
      scopeId
      enabled
      thresholds
      amounts
      unit
      digest
      quietFrom
      quietUntil
      timezone
      cooldownMinutes
      severity
      daysBefore
      failurePercent
      minimumUsd
      period
      mutedUntil
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<AlertRulesQuery, AlertRulesQueryVariables>;
export const AcknowledgeAlertDocument = gql`
    mutation AcknowledgeAlert($input: AcknowledgeAlertInput!) {
  acknowledgeAlert(input: $input) {
    alert {
      id
      acknowledgedAt
      acknowledgedBy
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<AcknowledgeAlertMutation, AcknowledgeAlertMutationVariables>;
export const CreateAlertRuleDocument = gql`
    mutation CreateAlertRule($input: CreateAlertRuleInput!) {
  done: createAlertRule(input: $input) {
    holder: alertRule {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<CreateAlertRuleMutation, CreateAlertRuleMutationVariables>;
export const EditAlertRuleDocument = gql`
    mutation EditAlertRule($input: UpdateAlertRuleInput!) {
  done: updateAlertRule(input: $input) {
    holder: alertRule {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<EditAlertRuleMutation, EditAlertRuleMutationVariables>;
export const DeleteAlertRuleDocument = gql`
    mutation DeleteAlertRule($input: DeleteAlertRuleInput!) {
  deleteAlertRule(input: $input) {
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<DeleteAlertRuleMutation, DeleteAlertRuleMutationVariables>;
export const UpdateAlertRuleDocument = gql`
    mutation UpdateAlertRule($input: UpdateAlertRuleInput!) {
  updateAlertRule(input: $input) {
    alertRule {
      id
      enabled
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UpdateAlertRuleMutation, UpdateAlertRuleMutationVariables>;
export const WatchAlertsDocument = gql`
    subscription WatchAlerts {
  alertRaised {
    id
    title
    severity
  }
}
    ` as unknown as DocumentNode<WatchAlertsSubscription, WatchAlertsSubscriptionVariables>;
export const AlertChannelsDocument = gql`
    query AlertChannels($first: Int!, $after: String) {
  alertChannels(first: $first, after: $after) {
    nodes {
      id
      name
      type
      target
      recipients
      minimumSeverity
      enabled
      source
      team {
        name
      }
      organization {
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<AlertChannelsQuery, AlertChannelsQueryVariables>;
export const CreateAlertChannelDocument = gql`
    mutation CreateAlertChannel($input: CreateAlertChannelInput!) {
  done: createAlertChannel(input: $input) {
    secret
    holder: alertChannel {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<CreateAlertChannelMutation, CreateAlertChannelMutationVariables>;
export const EditAlertChannelDocument = gql`
    mutation EditAlertChannel($input: UpdateAlertChannelInput!) {
  done: updateAlertChannel(input: $input) {
    holder: alertChannel {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<EditAlertChannelMutation, EditAlertChannelMutationVariables>;
export const DeleteAlertChannelDocument = gql`
    mutation DeleteAlertChannel($input: DeleteAlertChannelInput!) {
  deleteAlertChannel(input: $input) {
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<DeleteAlertChannelMutation, DeleteAlertChannelMutationVariables>;
export const TestAlertChannelDocument = gql`
    mutation TestAlertChannel($input: TestAlertChannelInput!) {
  testAlertChannel(input: $input) {
    delivered
    httpStatus
    error
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<TestAlertChannelMutation, TestAlertChannelMutationVariables>;
export const AuditDocument = gql`
    query Audit($filter: AuditFilter, $first: Int!, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      action
      actorKind
      actorId
      actorUser {
        name
        email
      }
      actorKey {
        alias
        display
      }
      onBehalfOf
      subjectType
      subjectId
      organization {
        name
      }
      before
      after
      address
      requestId
      userAgent
      createdAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<AuditQuery, AuditQueryVariables>;
export const ReportDocument = gql`
    query Report($from: DateTime!, $to: DateTime!, $timezone: String!, $groupBy: [SpendDimension!]!, $filter: SpendReportFilterInput, $first: Int!) {
  spendReport(
    from: $from
    to: $to
    timezone: $timezone
    groupBy: $groupBy
    filter: $filter
    orderBy: COST_DESC
    first: $first
  ) {
    groupCount
    groups {
      organizationId
      organization {
        name
      }
      teamId
      team {
        name
      }
      projectId
      project {
        name
      }
      userId
      user {
        name
      }
      keyId
      key {
        alias
        display
      }
      model
      provider
      endpoint
      cost
      requests
      failures
      unpriced
      inputTokens
      outputTokens
      cacheReadTokens
    }
    total {
      cost
      requests
      failures
      inputTokens
      outputTokens
      cacheReadTokens
    }
  }
}
    ` as unknown as DocumentNode<ReportQuery, ReportQueryVariables>;
export const SeriesDocument = gql`
    query Series($from: DateTime!, $to: DateTime!, $timezone: String!, $groupBy: [SpendDimension!]!, $bucket: SpendBucket!, $filter: SpendReportFilterInput) {
  spendReport(
    from: $from
    to: $to
    timezone: $timezone
    groupBy: $groupBy
    bucket: $bucket
    filter: $filter
    first: 1200
  ) {
    groups {
      time
      organizationId
      teamId
      projectId
      userId
      keyId
      model
      provider
      endpoint
      cost
      requests
      inputTokens
      outputTokens
    }
  }
}
    ` as unknown as DocumentNode<SeriesQuery, SeriesQueryVariables>;
export const NamesDocument = gql`
    query Names($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Organization {
      organizationName: name
    }
    ... on Team {
      teamName: name
    }
    ... on Project {
      projectName: name
    }
    ... on User {
      userName: name
      email
    }
    ... on VirtualKey {
      alias
      display
    }
  }
}
    ` as unknown as DocumentNode<NamesQuery, NamesQueryVariables>;
export const HealthDocument = gql`
    query Health {
  serverHealth {
    version
    database {
      reachable
      latencyMs
      version
    }
    journal {
      waitingCalls
      openCalls
      bytes
      maxBytes
    }
  }
}
    ` as unknown as DocumentNode<HealthQuery, HealthQueryVariables>;
export const InFlightDocument = gql`
    query InFlight {
  callsInFlight(first: 20) {
    nodes {
      id
      admittedAt
      model
      hold
      key {
        alias
        display
      }
      team {
        name
      }
    }
  }
}
    ` as unknown as DocumentNode<InFlightQuery, InFlightQueryVariables>;
export const IntegrityDocument = gql`
    query Integrity {
  ledgerIntegrity {
    ok
    roleOwnsTables
    checks {
      name
      description
      ok
    }
  }
}
    ` as unknown as DocumentNode<IntegrityQuery, IntegrityQueryVariables>;
export const KeysDocument = gql`
    query Keys($filter: VirtualKeyFilter, $first: Int!, $after: String) {
  holders: keys(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      alias
      display
      state
      blocked
      expiresAt
      models
      tags
      metadata
      maxOutputTokens
      team {
        id
        name
      }
      project {
        id
        name
      }
      owner {
        id
        name
      }
      spend {
        cost
        requests
      }
      limits(first: 3) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<KeysQuery, KeysQueryVariables>;
export const TeamsDocument = gql`
    query Teams($filter: TeamFilter, $first: Int!, $after: String) {
  holders: teams(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      name
      blocked
      models
      tags
      metadata
      organization {
        id
        name
      }
      spend {
        cost
        requests
      }
      limits(first: 3) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<TeamsQuery, TeamsQueryVariables>;
export const OrganizationsDocument = gql`
    query Organizations($filter: OrganizationFilter, $first: Int!, $after: String) {
  holders: organizations(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      name
      blocked
      models
      metadata
      spend {
        cost
        requests
      }
      limits(first: 3) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<OrganizationsQuery, OrganizationsQueryVariables>;
export const UsersDocument = gql`
    query Users($filter: UserFilter, $first: Int!, $after: String) {
  holders: users(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      name
      email
      role
      blocked
      metadata
      spend {
        cost
        requests
      }
      limits(first: 3) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;
export const CustomersDocument = gql`
    query Customers($filter: CustomerFilter, $first: Int!, $after: String) {
  holders: customers(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      externalId
      alias
      blocked
      metadata
      organization {
        id
        name
      }
      spend {
        cost
        requests
      }
      limits(first: 3) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<CustomersQuery, CustomersQueryVariables>;
export const ProjectsDocument = gql`
    query Projects($filter: ProjectFilter, $first: Int!, $after: String) {
  holders: projects(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      name
      description
      blocked
      models
      metadata
      team {
        id
        name
      }
      spend {
        cost
        requests
      }
      limits(first: 3) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<ProjectsQuery, ProjectsQueryVariables>;
export const CreateKeyDocument = gql`
    mutation CreateKey($input: CreateKeyInput!) {
  done: createKey(input: $input) {
    holder: key {
      id
    }
    secret
    warnings
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<CreateKeyMutation, CreateKeyMutationVariables>;
export const UpdateKeyDocument = gql`
    mutation UpdateKey($input: UpdateKeyInput!) {
  done: updateKey(input: $input) {
    holder: key {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UpdateKeyMutation, UpdateKeyMutationVariables>;
export const BlockKeyDocument = gql`
    mutation BlockKey($input: BlockKeyInput!) {
  done: blockKey(input: $input) {
    holder: key {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<BlockKeyMutation, BlockKeyMutationVariables>;
export const UnblockKeyDocument = gql`
    mutation UnblockKey($input: UnblockKeyInput!) {
  done: unblockKey(input: $input) {
    holder: key {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UnblockKeyMutation, UnblockKeyMutationVariables>;
export const DeleteKeyDocument = gql`
    mutation DeleteKey($input: DeleteKeyInput!) {
  done: deleteKey(input: $input) {
    holder: key {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<DeleteKeyMutation, DeleteKeyMutationVariables>;
export const CreateTeamDocument = gql`
    mutation CreateTeam($input: CreateTeamInput!) {
  done: createTeam(input: $input) {
    holder: team {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<CreateTeamMutation, CreateTeamMutationVariables>;
export const UpdateTeamDocument = gql`
    mutation UpdateTeam($input: UpdateTeamInput!) {
  done: updateTeam(input: $input) {
    holder: team {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UpdateTeamMutation, UpdateTeamMutationVariables>;
export const BlockTeamDocument = gql`
    mutation BlockTeam($input: BlockTeamInput!) {
  done: blockTeam(input: $input) {
    holder: team {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<BlockTeamMutation, BlockTeamMutationVariables>;
export const UnblockTeamDocument = gql`
    mutation UnblockTeam($input: UnblockTeamInput!) {
  done: unblockTeam(input: $input) {
    holder: team {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UnblockTeamMutation, UnblockTeamMutationVariables>;
export const ArchiveTeamDocument = gql`
    mutation ArchiveTeam($input: ArchiveTeamInput!) {
  done: archiveTeam(input: $input) {
    holder: team {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<ArchiveTeamMutation, ArchiveTeamMutationVariables>;
export const CreateOrganizationDocument = gql`
    mutation CreateOrganization($input: CreateOrganizationInput!) {
  done: createOrganization(input: $input) {
    holder: organization {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<CreateOrganizationMutation, CreateOrganizationMutationVariables>;
export const UpdateOrganizationDocument = gql`
    mutation UpdateOrganization($input: UpdateOrganizationInput!) {
  done: updateOrganization(input: $input) {
    holder: organization {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UpdateOrganizationMutation, UpdateOrganizationMutationVariables>;
export const ArchiveOrganizationDocument = gql`
    mutation ArchiveOrganization($input: ArchiveOrganizationInput!) {
  done: archiveOrganization(input: $input) {
    holder: organization {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<ArchiveOrganizationMutation, ArchiveOrganizationMutationVariables>;
export const CreateUserDocument = gql`
    mutation CreateUser($input: CreateUserInput!) {
  done: createUser(input: $input) {
    holder: user {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<CreateUserMutation, CreateUserMutationVariables>;
export const UpdateUserDocument = gql`
    mutation UpdateUser($input: UpdateUserInput!) {
  done: updateUser(input: $input) {
    holder: user {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UpdateUserMutation, UpdateUserMutationVariables>;
export const BlockUserDocument = gql`
    mutation BlockUser($input: BlockUserInput!) {
  done: blockUser(input: $input) {
    holder: user {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<BlockUserMutation, BlockUserMutationVariables>;
export const UnblockUserDocument = gql`
    mutation UnblockUser($input: UnblockUserInput!) {
  done: unblockUser(input: $input) {
    holder: user {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UnblockUserMutation, UnblockUserMutationVariables>;
export const DeleteUserDocument = gql`
    mutation DeleteUser($input: DeleteUserInput!) {
  done: deleteUser(input: $input) {
    holder: user {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<DeleteUserMutation, DeleteUserMutationVariables>;
export const CreateCustomerDocument = gql`
    mutation CreateCustomer($input: CreateCustomerInput!) {
  done: createCustomer(input: $input) {
    holder: customer {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<CreateCustomerMutation, CreateCustomerMutationVariables>;
export const UpdateCustomerDocument = gql`
    mutation UpdateCustomer($input: UpdateCustomerInput!) {
  done: updateCustomer(input: $input) {
    holder: customer {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UpdateCustomerMutation, UpdateCustomerMutationVariables>;
export const BlockCustomerDocument = gql`
    mutation BlockCustomer($input: BlockCustomerInput!) {
  done: blockCustomer(input: $input) {
    holder: customer {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<BlockCustomerMutation, BlockCustomerMutationVariables>;
export const UnblockCustomerDocument = gql`
    mutation UnblockCustomer($input: UnblockCustomerInput!) {
  done: unblockCustomer(input: $input) {
    holder: customer {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UnblockCustomerMutation, UnblockCustomerMutationVariables>;
export const DeleteCustomerDocument = gql`
    mutation DeleteCustomer($input: DeleteCustomerInput!) {
  done: deleteCustomer(input: $input) {
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<DeleteCustomerMutation, DeleteCustomerMutationVariables>;
export const CreateProjectDocument = gql`
    mutation CreateProject($input: CreateProjectInput!) {
  done: createProject(input: $input) {
    holder: project {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<CreateProjectMutation, CreateProjectMutationVariables>;
export const UpdateProjectDocument = gql`
    mutation UpdateProject($input: UpdateProjectInput!) {
  done: updateProject(input: $input) {
    holder: project {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UpdateProjectMutation, UpdateProjectMutationVariables>;
export const BlockProjectDocument = gql`
    mutation BlockProject($input: BlockProjectInput!) {
  done: blockProject(input: $input) {
    holder: project {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<BlockProjectMutation, BlockProjectMutationVariables>;
export const UnblockProjectDocument = gql`
    mutation UnblockProject($input: UnblockProjectInput!) {
  done: unblockProject(input: $input) {
    holder: project {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UnblockProjectMutation, UnblockProjectMutationVariables>;
export const ArchiveProjectDocument = gql`
    mutation ArchiveProject($input: ArchiveProjectInput!) {
  done: archiveProject(input: $input) {
    holder: project {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<ArchiveProjectMutation, ArchiveProjectMutationVariables>;
export const RotateKeyDocument = gql`
    mutation RotateKey($input: RotateKeyInput!) {
  done: rotateKey(input: $input) {
    holder: key {
      id
    }
    secret
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<RotateKeyMutation, RotateKeyMutationVariables>;
export const ExpireKeyDocument = gql`
    mutation ExpireKey($input: ExpireKeyInput!) {
  done: expireKey(input: $input) {
    holder: key {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<ExpireKeyMutation, ExpireKeyMutationVariables>;
export const LimitsDocument = gql`
    query Limits($filter: LimitFilter, $first: Int!, $after: String) {
  limits(filter: $filter, first: $first, after: $after) {
    nodes {
      ...Budget
      organization {
        name
      }
      team {
        name
      }
      project {
        name
      }
      user {
        name
      }
      key {
        alias
        display
      }
      customer {
        externalId
      }
      template {
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<LimitsQuery, LimitsQueryVariables>;
export const LimitHistoryDocument = gql`
    query LimitHistory($id: ID!) {
  limit(id: $id) {
    ...Budget
    onExhaustion
    createdBy
    createdAt
    organization {
      name
    }
    team {
      name
    }
    project {
      name
    }
    user {
      name
    }
    key {
      alias
      display
    }
    customer {
      externalId
    }
    template {
      name
    }
    adjustments(first: 10) {
      nodes {
        kind
        amount
        bookedAt
        reason
        actor
      }
    }
    windows(first: 24) {
      nodes {
        startsAt
        endsAt
        spent
        overrun
        excessCalls
      }
    }
    increases(first: 10) {
      nodes {
        amount
        expiresAt
        reason
        actor
      }
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<LimitHistoryQuery, LimitHistoryQueryVariables>;
export const ForecastDocument = gql`
    query Forecast($id: ID!) {
  spendForecast(input: {limitId: $id}) {
    sinceWindowStart {
      method
      ratePerHour
      projectedTotal
      exhaustedAt
    }
  }
}
    ` as unknown as DocumentNode<ForecastQuery, ForecastQueryVariables>;
export const WatchBudgetDocument = gql`
    subscription WatchBudget($id: ID!) {
  budgetChanged(limitId: $id) {
    ...Budget
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<WatchBudgetSubscription, WatchBudgetSubscriptionVariables>;
export const SetLimitDocument = gql`
    mutation SetLimit($input: SetLimitInput!) {
  setLimit(input: $input) {
    limit {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<SetLimitMutation, SetLimitMutationVariables>;
export const IncreaseLimitDocument = gql`
    mutation IncreaseLimit($input: IncreaseLimitInput!) {
  increaseLimit(input: $input) {
    limit {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<IncreaseLimitMutation, IncreaseLimitMutationVariables>;
export const CreditLimitDocument = gql`
    mutation CreditLimit($input: CreditLimitInput!) {
  creditLimit(input: $input) {
    limit {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<CreditLimitMutation, CreditLimitMutationVariables>;
export const UpdateLimitDocument = gql`
    mutation UpdateLimit($input: UpdateLimitInput!) {
  updateLimit(input: $input) {
    limit {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<UpdateLimitMutation, UpdateLimitMutationVariables>;
export const ResetLimitDocument = gql`
    mutation ResetLimit($input: ResetLimitInput!) {
  resetLimit(input: $input) {
    limit {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<ResetLimitMutation, ResetLimitMutationVariables>;
export const DeleteLimitDocument = gql`
    mutation DeleteLimit($input: DeleteLimitInput!) {
  deleteLimit(input: $input) {
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<DeleteLimitMutation, DeleteLimitMutationVariables>;
export const ExplainDocument = gql`
    query Explain($input: ExplainAdmissionInput!) {
  explainAdmission(input: $input) {
    isAdmitted
    message
    hold
    inputTokens
    outputTokens
    limits {
      scope
      unit
      amount
      spent
      reserved
      remaining
      ask
      fits
      resetsAt
    }
  }
}
    ` as unknown as DocumentNode<ExplainQuery, ExplainQueryVariables>;
export const TreeRootsDocument = gql`
    query TreeRoots($after: String) {
  organizations(first: 25, after: $after) {
    nodes {
      id
      name
      limits(first: 5) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<TreeRootsQuery, TreeRootsQueryVariables>;
export const TreeTeamsDocument = gql`
    query TreeTeams($organizationId: ID, $after: String) {
  teams(filter: {organizationId: $organizationId}, first: 25, after: $after) {
    nodes {
      id
      name
      limits(first: 5) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<TreeTeamsQuery, TreeTeamsQueryVariables>;
export const TreeProjectsDocument = gql`
    query TreeProjects($teamId: ID!, $after: String) {
  projects(filter: {teamId: $teamId}, first: 25, after: $after) {
    nodes {
      id
      name
      limits(first: 5) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<TreeProjectsQuery, TreeProjectsQueryVariables>;
export const TreeKeysDocument = gql`
    query TreeKeys($teamId: ID, $projectId: ID, $after: String) {
  keys(filter: {teamId: $teamId, projectId: $projectId}, first: 25, after: $after) {
    nodes {
      id
      alias
      display
      project {
        id
      }
      limits(first: 5) {
        nodes {
          ...Budget
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${BudgetFragmentDoc}` as unknown as DocumentNode<TreeKeysQuery, TreeKeysQueryVariables>;
export const LogsDocument = gql`
    query Logs($filter: SpendLogFilter, $first: Int!, $after: String) {
  spendLogs(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      callId
      admittedAt
      model
      provider
      status
      pricingStatus
      cost
      inputTokens
      outputTokens
      keyAlias
      teamName
      durationMs
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<LogsQuery, LogsQueryVariables>;
export const CallDocument = gql`
    query Call($id: ID!) {
  spendLog(id: $id) {
    id
    callId
    kind
    status
    admittedAt
    bookedAt
    model
    servedModel
    fallbackFrom
    provider
    endpoint
    stream
    httpStatus
    error
    reason
    durationMs
    firstByteMs
    cost
    hold
    overrun
    pricingStatus
    usageSource
    customerId
    tags
    keyAlias
    teamName
    organizationName
    usage {
      unit
      amount
    }
    costBreakdown {
      input
      cacheRead
      cacheWrite
      output
      reasoning
      audio
      image
      video
      tools
      other
      discount
      margin
    }
    price {
      id
      scope
      model
      source
    }
  }
}
    ` as unknown as DocumentNode<CallQuery, CallQueryVariables>;
export const OrganizationNamesDocument = gql`
    query OrganizationNames($filter: OrganizationFilter) {
  named: organizations(filter: $filter, first: 20) {
    nodes {
      id
      name
    }
  }
}
    ` as unknown as DocumentNode<OrganizationNamesQuery, OrganizationNamesQueryVariables>;
export const TeamNamesDocument = gql`
    query TeamNames($filter: TeamFilter) {
  named: teams(filter: $filter, first: 20) {
    nodes {
      id
      name
    }
  }
}
    ` as unknown as DocumentNode<TeamNamesQuery, TeamNamesQueryVariables>;
export const ProjectNamesDocument = gql`
    query ProjectNames($filter: ProjectFilter) {
  named: projects(filter: $filter, first: 20) {
    nodes {
      id
      name
    }
  }
}
    ` as unknown as DocumentNode<ProjectNamesQuery, ProjectNamesQueryVariables>;
export const UserNamesDocument = gql`
    query UserNames($filter: UserFilter) {
  named: users(filter: $filter, first: 20) {
    nodes {
      id
      name
      email
    }
  }
}
    ` as unknown as DocumentNode<UserNamesQuery, UserNamesQueryVariables>;
export const KeyNamesDocument = gql`
    query KeyNames($filter: VirtualKeyFilter) {
  named: keys(filter: $filter, first: 20) {
    nodes {
      id
      name: alias
      display
    }
  }
}
    ` as unknown as DocumentNode<KeyNamesQuery, KeyNamesQueryVariables>;
export const ViewerDocument = gql`
    query Viewer {
  viewer {
    kind
    user {
      id
      name
      role
      organizationMemberships(first: 100) {
        nodes {
          role
        }
      }
      teamMemberships(first: 100) {
        nodes {
          role
        }
      }
    }
    key {
      id
      alias
      display
    }
  }
}
    ` as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const SignInDocument = gql`
    mutation SignIn($username: String!, $password: String!) {
  signIn(input: {username: $username, password: $password}) {
    secret
    userErrors {
      message
    }
  }
}
    ` as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SpendTotalDocument = gql`
    query SpendTotal($from: DateTime!, $to: DateTime!, $timezone: String!) {
  spendReport(from: $from, to: $to, timezone: $timezone, groupBy: [], first: 1) {
    total {
      cost
      requests
      failures
      unpriced
      inputTokens
      outputTokens
      cacheReadTokens
    }
  }
}
    ` as unknown as DocumentNode<SpendTotalQuery, SpendTotalQueryVariables>;
export const MonthByModelDocument = gql`
    query MonthByModel($from: DateTime!, $to: DateTime!, $timezone: String!) {
  spendReport(
    from: $from
    to: $to
    timezone: $timezone
    groupBy: [MODEL, PROVIDER]
    orderBy: COST_DESC
    first: 1000
  ) {
    groups {
      model
      provider
      cost
    }
    total {
      cost
      requests
      failures
      unpriced
      inputTokens
      outputTokens
      cacheReadTokens
    }
  }
}
    ` as unknown as DocumentNode<MonthByModelQuery, MonthByModelQueryVariables>;
export const SpendByDayDocument = gql`
    query SpendByDay($from: DateTime!, $to: DateTime!, $timezone: String!) {
  spendReport(
    from: $from
    to: $to
    timezone: $timezone
    groupBy: [MODEL]
    bucket: DAY
    orderBy: TIME_ASC
    first: 1000
  ) {
    groups {
      time
      model
      cost
    }
  }
}
    ` as unknown as DocumentNode<SpendByDayQuery, SpendByDayQueryVariables>;
export const TopOfDocument = gql`
    query TopOf($from: DateTime!, $to: DateTime!, $dimension: SpendDimension!) {
  topSpenders(input: {from: $from, to: $to, dimension: $dimension, first: 5}) {
    groups {
      team {
        id
        name
      }
      key {
        id
        alias
        display
      }
      model
      provider
      cost
      requests
    }
  }
}
    ` as unknown as DocumentNode<TopOfQuery, TopOfQueryVariables>;
export const WatchSpendDocument = gql`
    subscription WatchSpend {
  spendRecorded {
    id
    model
    cost
    admittedAt
    status
    keyAlias
    teamName
  }
}
    ` as unknown as DocumentNode<WatchSpendSubscription, WatchSpendSubscriptionVariables>;
export const CatalogueDocument = gql`
    query Catalogue($search: String, $provider: String, $first: Int!, $after: String) {
  cataloguePrices(
    search: $search
    provider: $provider
    first: $first
    after: $after
  ) {
    nodes {
      model
      name
      provider
      status
      source
      contextWindowTokens
      description
      effectiveFrom
      effectiveUntil
      deprecated
      rates {
        unit
        rate
        usdPerMillion
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<CatalogueQuery, CatalogueQueryVariables>;
export const CustomPricesDocument = gql`
    query CustomPrices($filter: PriceFilter, $first: Int!, $after: String) {
  prices(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      scope
      model
      provider
      source
      effectiveFrom
      effectiveUntil
      createdBy
      rates {
        unit
        rate
        usdPerMillion
      }
      team {
        name
      }
      organization {
        name
      }
      key {
        alias
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<CustomPricesQuery, CustomPricesQueryVariables>;
export const ImportsDocument = gql`
    query Imports($first: Int!) {
  priceImports(first: $first) {
    nodes {
      id
      status
      source
      createdAt
      addedCount
      changedCount
      removedCount
      unreadableCount
      changes(first: 50) {
        nodes {
          kind
          model
          provider
          fields {
            field
            old
            new
          }
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<ImportsQuery, ImportsQueryVariables>;
export const ApproveImportDocument = gql`
    mutation ApproveImport($input: ApprovePriceImportInput!) {
  approvePriceImport(input: $input) {
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<ApproveImportMutation, ApproveImportMutationVariables>;
export const RejectImportDocument = gql`
    mutation RejectImport($input: RejectPriceImportInput!) {
  rejectPriceImport(input: $input) {
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<RejectImportMutation, RejectImportMutationVariables>;
export const ImportPricesDocument = gql`
    mutation ImportPrices($input: ImportPricesInput!) {
  importPrices(input: $input) {
    priceImport {
      id
      status
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<ImportPricesMutation, ImportPricesMutationVariables>;
export const EndPriceDocument = gql`
    mutation EndPrice($input: EndPriceInput!) {
  endPrice(input: $input) {
    price {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<EndPriceMutation, EndPriceMutationVariables>;
export const SetPriceDocument = gql`
    mutation SetPrice($input: SetPriceInput!) {
  done: setPrice(input: $input) {
    holder: price {
      id
    }
    warnings
    userErrors {
      field
      message
    }
  }
}
    ` as unknown as DocumentNode<SetPriceMutation, SetPriceMutationVariables>;
export const EstimateDocument = gql`
    query Estimate($model: String!, $usage: JSON!) {
  completionCost(model: $model, usage: $usage) {
    status
    cost
    provider
    source
    breakdown {
      input
      cacheRead
      output
    }
  }
}
    ` as unknown as DocumentNode<EstimateQuery, EstimateQueryVariables>;
export const TagKeysDocument = gql`
    query TagKeys($tag: String!, $after: String) {
  keys(filter: {tag: $tag}, first: 20, after: $after) {
    nodes {
      id
      alias
      display
      state
      team {
        name
      }
      spend {
        cost
        requests
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<TagKeysQuery, TagKeysQueryVariables>;