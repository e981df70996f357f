import { NodeResolver } from './node.resolver';
import { ServerHealthResolver } from './server-health.resolver';
import { AlertEdgesResolver } from '../alerts/alert-edges.resolver';
import { AlertRaisedResolver } from '../alerts/alert-raised.resolver';
import { AlertResolver } from '../alerts/alert.resolver';
import { AlertRuleAlertsResolver } from '../alerts/alert-rule-alerts.resolver';
import { AlertRuleChannelsResolver } from '../alerts/alert-rule-channels.resolver';
import { AlertRuleResolver } from '../alerts/alert-rule.resolver';
import { KeyAlertsResolver } from '../alerts/key-alerts.resolver';
import { LimitAlertsResolver } from '../alerts/limit-alerts.resolver';
import { OrganizationAlertsResolver } from '../alerts/organization-alerts.resolver';
import { TeamAlertsResolver } from '../alerts/team-alerts.resolver';
import { AlertChannelEdgesResolver } from '../alerts/alert-channel-edges.resolver';
import { AlertChannelResolver } from '../alerts/alert-channel.resolver';
import { AlertDeliveriesResolver } from '../alerts/alert-deliveries.resolver';
import { AlertDeliveryEdgesResolver } from '../alerts/delivery-edges.resolver';
import { AlertDeliveryResolver } from '../alerts/delivery.resolver';
import { AuditEntryEdgesResolver } from '../audit/audit-entry-edges.resolver';
import { AuditLogResolver } from '../audit/audit-log.resolver';
import { KeyChangedResolver } from '../keys/key-changed.resolver';
import { KeyMutationsResolver } from '../keys/key-mutations.resolver';
import { KeyResolver } from '../keys/key.resolver';
import { OrganizationKeysResolver } from '../keys/organization-keys.resolver';
import { ProjectKeysResolver } from '../keys/project-keys.resolver';
import { TeamKeysResolver } from '../keys/team-keys.resolver';
import { MemberKeyPolicyResolver } from '../keys/member-key-policy.resolver';
import { ServiceAccountKeysResolver } from '../keys/service-account-keys.resolver';
import { AccessTokenServiceAccountResolver } from '../service-accounts/access-token-service-account.resolver';
import { OrganizationServiceAccountsResolver } from '../service-accounts/organization-service-accounts.resolver';
import { ServiceAccountEdgesResolver } from '../service-accounts/service-account-edges.resolver';
import { ServiceAccountResolver } from '../service-accounts/service-account.resolver';
import { TeamServiceAccountsResolver } from '../service-accounts/team-service-accounts.resolver';
import { ViewerServiceAccountResolver } from '../service-accounts/viewer-service-account.resolver';
import { UserKeysResolver } from '../keys/user-keys.resolver';
import { ViewerKeyResolver } from '../keys/viewer-key.resolver';
import { LedgerIntegrityResolver } from '../ledger/ledger-integrity.resolver';
import { BudgetChangedResolver } from '../limits/budget-changed.resolver';
import { KeyLimitsResolver } from '../limits/key-limits.resolver';
import { LimitAdjustmentResolver } from '../limits/limit-adjustment.resolver';
import { LimitEdgesResolver } from '../limits/limit-edges.resolver';
import { LimitExcessResolver } from '../limits/limit-excess.resolver';
import { LimitResolver } from '../limits/limit.resolver';
import { OrganizationLimitsResolver } from '../limits/organization-limits.resolver';
import { ProjectLimitsResolver } from '../limits/project-limits.resolver';
import { TeamLimitsResolver } from '../limits/team-limits.resolver';
import { UserLimitsResolver } from '../limits/user-limits.resolver';
import { CustomerLimitsResolver } from '../customers/customer-limits.resolver';
import { LimitCustomerResolver } from '../customers/limit-customer.resolver';
import { CustomerResolver } from '../customers/customer.resolver';
import { OrganizationCustomersResolver } from '../customers/organization-customers.resolver';
import { CredentialResolver } from '../models/credential.resolver';
import { DeploymentResolver } from '../models/deployment.resolver';
import { ModelResolver } from '../models/model.resolver';
import { OrganizationMemberResolver } from '../organizations/organization-member.resolver';
import { OrganizationMembersResolver } from '../organizations/organization-members.resolver';
import { OrganizationResolver } from '../organizations/organization.resolver';
import { UserOrganizationsResolver } from '../organizations/user-organizations.resolver';
import { ViewerOrganizationsResolver } from '../organizations/viewer-organizations.resolver';
import { CatalogueResolver } from '../pricing/catalogue.resolver';
import { ModelPriceResolver } from '../pricing/model-price.resolver';
import { PriceAdjustmentEdgesResolver } from '../pricing/price-adjustment-edges.resolver';
import { PriceAdjustmentResolver } from '../pricing/price-adjustment.resolver';
import { PriceCandidateEdgesResolver } from '../pricing/price-candidate-edges.resolver';
import { PriceEdgesResolver } from '../pricing/price-edges.resolver';
import { PriceImportEdgesResolver } from '../pricing/price-import-edges.resolver';
import { PriceImportResolver } from '../pricing/price-import.resolver';
import { PriceQuoteResolver } from '../pricing/price-quote.resolver';
import { PriceResolver } from '../pricing/price.resolver';
import { ProjectResolver } from '../projects/project.resolver';
import { TeamProjectsResolver } from '../projects/team-projects.resolver';
import { ExportEdgesResolver } from '../exports/export-edges.resolver';
import { ExportScheduleEdgesResolver } from '../exports/export-schedule-edges.resolver';
import { ExportResolver } from '../exports/export.resolver';
import { ExportScheduleResolver } from '../exports/export-schedule.resolver';
import { CallInFlightEdgesResolver } from '../spend/call-in-flight-edges.resolver';
import { CostResolver } from '../spend/cost.resolver';
import { CustomerSpendResolver } from '../spend/customer-spend.resolver';
import { KeySpendResolver } from '../spend/key-spend.resolver';
import { OrganizationSpendResolver } from '../spend/organization-spend.resolver';
import { ProjectSpendResolver } from '../spend/project-spend.resolver';
import { RerateResolver } from '../spend/rerate.resolver';
import { SpendLogEdgesResolver } from '../spend/spend-log-edges.resolver';
import { SpendLogResolver } from '../spend/spend-log.resolver';
import { SpendForecastResolver } from '../spend/spend-forecast.resolver';
import { SpendReportEdgesResolver } from '../spend/spend-report-edges.resolver';
import { SpendReportResolver } from '../spend/spend-report.resolver';
import { SpendRecordedResolver } from '../spend/spend-recorded.resolver';
import { AdmissionLimitResolver } from '../passthrough/admission/admission-limit.resolver';
import { AdmissionResolver } from '../passthrough/admission/admission.resolver';
import { TeamSpendResolver } from '../spend/team-spend.resolver';
import { UserSpendResolver } from '../spend/user-spend.resolver';
import { OrganizationTeamsResolver } from '../teams/organization-teams.resolver';
import { TeamMemberResolver } from '../teams/team-member.resolver';
import { TeamMembersResolver } from '../teams/team-members.resolver';
import { TeamResolver } from '../teams/team.resolver';
import { UserTeamsResolver } from '../teams/user-teams.resolver';
import { ViewerTeamsResolver } from '../teams/viewer-teams.resolver';
import { TemplateAssignmentResolver } from '../templates/assignment.resolver';
import { LimitTemplateLimitResolver } from '../templates/limit-template.resolver';
import { LimitTemplateResolver } from '../templates/template.resolver';
import { AccessTokenResolver } from '../users/access-token.resolver';
import { SignInResolver } from '../users/sign-in.resolver';
import { UserAccessTokensResolver } from '../users/user-access-tokens.resolver';
import { UserResolver } from '../users/user.resolver';
import { ViewerResolver } from '../users/viewer.resolver';

/** Every resolver class of the schema, feature by feature. `resolver-container.ts` makes an instance of each. */
export const resolvers = [
  // users
  AccessTokenResolver,
  SignInResolver,
  UserAccessTokensResolver,
  UserResolver,
  ViewerResolver,
  // organizations
  OrganizationMemberResolver,
  OrganizationMembersResolver,
  OrganizationResolver,
  UserOrganizationsResolver,
  ViewerOrganizationsResolver,
  // teams
  OrganizationTeamsResolver,
  TeamMemberResolver,
  TeamMembersResolver,
  TeamResolver,
  UserTeamsResolver,
  ViewerTeamsResolver,
  // projects
  ProjectResolver,
  TeamProjectsResolver,
  // keys
  KeyChangedResolver,
  KeyMutationsResolver,
  KeyResolver,
  OrganizationKeysResolver,
  ProjectKeysResolver,
  TeamKeysResolver,
  AccessTokenServiceAccountResolver,
  OrganizationServiceAccountsResolver,
  ServiceAccountEdgesResolver,
  MemberKeyPolicyResolver,
  ServiceAccountKeysResolver,
  ServiceAccountResolver,
  TeamServiceAccountsResolver,
  ViewerServiceAccountResolver,
  UserKeysResolver,
  ViewerKeyResolver,
  // models
  CredentialResolver,
  DeploymentResolver,
  ModelResolver,
  // pricing
  CatalogueResolver,
  ModelPriceResolver,
  PriceAdjustmentEdgesResolver,
  PriceAdjustmentResolver,
  PriceCandidateEdgesResolver,
  PriceEdgesResolver,
  PriceImportEdgesResolver,
  PriceImportResolver,
  PriceQuoteResolver,
  PriceResolver,
  // limits
  BudgetChangedResolver,
  KeyLimitsResolver,
  LimitAdjustmentResolver,
  LimitEdgesResolver,
  LimitExcessResolver,
  LimitResolver,
  OrganizationLimitsResolver,
  ProjectLimitsResolver,
  TeamLimitsResolver,
  UserLimitsResolver,
  // templates
  LimitTemplateLimitResolver,
  LimitTemplateResolver,
  TemplateAssignmentResolver,
  // customers
  CustomerLimitsResolver,
  CustomerResolver,
  LimitCustomerResolver,
  OrganizationCustomersResolver,
  // audit
  AuditEntryEdgesResolver,
  AuditLogResolver,
  // ledger
  LedgerIntegrityResolver,
  // spend
  CallInFlightEdgesResolver,
  CostResolver,
  CustomerSpendResolver,
  KeySpendResolver,
  OrganizationSpendResolver,
  ProjectSpendResolver,
  RerateResolver,
  SpendLogEdgesResolver,
  SpendLogResolver,
  SpendForecastResolver,
  SpendReportEdgesResolver,
  SpendReportResolver,
  SpendRecordedResolver,
  TeamSpendResolver,
  UserSpendResolver,
  // exports
  ExportEdgesResolver,
  ExportResolver,
  ExportScheduleEdgesResolver,
  ExportScheduleResolver,
  // alerts
  AlertEdgesResolver,
  AlertRaisedResolver,
  AlertResolver,
  AlertRuleAlertsResolver,
  AlertRuleChannelsResolver,
  AlertRuleResolver,
  KeyAlertsResolver,
  LimitAlertsResolver,
  OrganizationAlertsResolver,
  TeamAlertsResolver,
  AlertChannelEdgesResolver,
  AlertChannelResolver,
  AlertDeliveriesResolver,
  AlertDeliveryEdgesResolver,
  AlertDeliveryResolver,
  // passthrough
  AdmissionLimitResolver,
  AdmissionResolver,
  // app
  NodeResolver,
  ServerHealthResolver,
] as const;
