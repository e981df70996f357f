import { alertRaised, ALERT_RAISED } from '../alerts/alert-raised.resolver';
import { AlertResolver } from '../alerts/alert.resolver';
import { AlertRuleResolver } from '../alerts/alert-rule.resolver';
import { AlertChannelResolver } from '../alerts/alert-channel.resolver';
import { AlertDeliveryResolver } from '../alerts/delivery.resolver';
import { AuditLogResolver } from '../audit/audit-log.resolver';
import { ExportResolver } from '../exports/export.resolver';
import { ExportScheduleResolver } from '../exports/export-schedule.resolver';
import { KEY_CHANGED, keyChanged } from '../keys/key-changed.resolver';
import { KeyMutationsResolver } from '../keys/key-mutations.resolver';
import { KeyResolver } from '../keys/key.resolver';
import { OrganizationKeysResolver } from '../keys/organization-keys.resolver';
import { ProjectKeysResolver } from '../keys/project-keys.resolver';
import { TeamKeysResolver } from '../keys/team-keys.resolver';
import { MemberKeyPolicyResolver } from '../keys/member-key-policy.resolver';
import { ServiceAccountKeysResolver } from '../keys/service-account-keys.resolver';
import { ServiceAccountResolver } from '../service-accounts/service-account.resolver';
import { UserKeysResolver } from '../keys/user-keys.resolver';
import { LedgerIntegrityResolver } from '../ledger/ledger-integrity.resolver';
import { budgetChanged, BUDGET_CHANGED } from '../limits/budget-changed.resolver';
import { CustomerResolver } from '../customers/customer.resolver';
import { LimitAdjustmentResolver } from '../limits/limit-adjustment.resolver';
import { LimitResolver } from '../limits/limit.resolver';
import { CredentialResolver } from '../models/credential.resolver';
import { DeploymentResolver } from '../models/deployment.resolver';
import { ModelResolver } from '../models/model.resolver';
import { OrganizationMemberResolver } from '../organizations/organization-member.resolver';
import { OrganizationResolver } from '../organizations/organization.resolver';
import { ViewerOrganizationsResolver } from '../organizations/viewer-organizations.resolver';
import { AdmissionResolver } from '../passthrough/admission/admission.resolver';
import type { AdmissionService } from '../passthrough/admission/admission.service';
import { LiveTopics } from '../platform/graphql/live-topics';
import { CatalogueResolver } from '../pricing/catalogue.resolver';
import { ModelPriceResolver } from '../pricing/model-price.resolver';
import { PriceAdjustmentResolver } from '../pricing/price-adjustment.resolver';
import { PriceImportResolver } from '../pricing/price-import.resolver';
import { PriceQuoteResolver } from '../pricing/price-quote.resolver';
import { PriceResolver } from '../pricing/price.resolver';
import { ProjectResolver } from '../projects/project.resolver';
import { CostResolver } from '../spend/cost.resolver';
import { RerateResolver } from '../spend/rerate.resolver';
import { SpendLogResolver } from '../spend/spend-log.resolver';
import { SpendForecastResolver } from '../spend/spend-forecast.resolver';
import { SpendReportResolver } from '../spend/spend-report.resolver';
import { spendRecorded, SPEND_RECORDED } from '../spend/spend-recorded.resolver';
import { TeamMemberResolver } from '../teams/team-member.resolver';
import { TeamResolver } from '../teams/team.resolver';
import { ViewerTeamsResolver } from '../teams/viewer-teams.resolver';
import { TemplateAssignmentResolver } from '../templates/assignment.resolver';
import { LimitTemplateResolver } from '../templates/template.resolver';
import { AccessTokenResolver } from '../users/access-token.resolver';
import { SignInResolver } from '../users/sign-in.resolver';
import { UserResolver } from '../users/user.resolver';
import { Container } from './container';
import type { JournalState } from './http-server';
import { packageVersion } from './package-version';
import { ServerHealthResolver } from './server-health.resolver';
import type { Services } from './services';

/** The resolvers that need services; the container makes all others without any. */
export function resolverContainer(
  services: Services,
  journal: JournalState,
  admissions: Pick<AdmissionService, 'explain'>,
): Container {
  return new Container([
    [AdmissionResolver, new AdmissionResolver(admissions)],
    [AlertResolver, new AlertResolver(services.alerts)],
    [AlertRuleResolver, new AlertRuleResolver(services.alertRules)],
    [AlertChannelResolver, new AlertChannelResolver(services.alertChannels)],
    [AlertDeliveryResolver, new AlertDeliveryResolver(services.alertDeliveries)],
    [AuditLogResolver, new AuditLogResolver(services.audit)],
    [AccessTokenResolver, new AccessTokenResolver(services.accessTokens)],
    [SignInResolver, new SignInResolver(services.signIns, services.passwords)],
    [CostResolver, new CostResolver(services.costs)],
    [CredentialResolver, new CredentialResolver(services.credentials)],
    [CustomerResolver, new CustomerResolver(services.customers)],
    [LimitTemplateResolver, new LimitTemplateResolver(services.limitTemplates)],
    [TemplateAssignmentResolver, new TemplateAssignmentResolver(services.templateAssignments)],
    [DeploymentResolver, new DeploymentResolver(services.deployments)],
    [ExportResolver, new ExportResolver(services.exports)],
    [ExportScheduleResolver, new ExportScheduleResolver(services.exportSchedules)],
    [KeyMutationsResolver, new KeyMutationsResolver(services.keys, services.keyLifecycle)],
    [KeyResolver, new KeyResolver(services.keys)],
    [LedgerIntegrityResolver, new LedgerIntegrityResolver(services.ledgerIntegrity)],
    [CatalogueResolver, new CatalogueResolver(services.catalogue)],
    [ModelPriceResolver, new ModelPriceResolver(services.priceQuotes)],
    [ModelResolver, new ModelResolver(services.models)],
    [LimitAdjustmentResolver, new LimitAdjustmentResolver(services.limitAdjustments)],
    [LimitResolver, new LimitResolver(services.limits)],
    [OrganizationKeysResolver, new OrganizationKeysResolver(services.keys)],
    [OrganizationMemberResolver, new OrganizationMemberResolver(services.organizationMembers)],
    [OrganizationResolver, new OrganizationResolver(services.organizations)],
    [PriceAdjustmentResolver, new PriceAdjustmentResolver(services.priceAdjustments)],
    [PriceImportResolver, new PriceImportResolver(services.priceImports)],
    [PriceQuoteResolver, new PriceQuoteResolver(services.priceQuotes)],
    [PriceResolver, new PriceResolver(services.prices)],
    [ProjectKeysResolver, new ProjectKeysResolver(services.keys)],
    [ProjectResolver, new ProjectResolver(services.projects)],
    [RerateResolver, new RerateResolver(services.rerates)],
    [ServerHealthResolver, new ServerHealthResolver(packageVersion(), journal)],
    [SpendLogResolver, new SpendLogResolver(services.spend)],
    [SpendForecastResolver, new SpendForecastResolver(services.spendForecasts)],
    [SpendReportResolver, new SpendReportResolver(services.spendReports)],
    [TeamKeysResolver, new TeamKeysResolver(services.keys)],
    [TeamMemberResolver, new TeamMemberResolver(services.teamMembers)],
    [TeamResolver, new TeamResolver(services.teams)],
    [
      ServiceAccountResolver,
      new ServiceAccountResolver(services.serviceAccounts, services.serviceAccountTokens),
    ],
    [MemberKeyPolicyResolver, new MemberKeyPolicyResolver(services.memberKeyPolicies)],
    [ServiceAccountKeysResolver, new ServiceAccountKeysResolver(services.keys)],
    [UserKeysResolver, new UserKeysResolver(services.keys)],
    [UserResolver, new UserResolver(services.users)],
    [ViewerOrganizationsResolver, new ViewerOrganizationsResolver(services.organizations)],
    [ViewerTeamsResolver, new ViewerTeamsResolver(services.teams)],
  ]);
}

/** Where the subscriptions' events come from. */
export function liveTopics(services: Services): LiveTopics {
  return new LiveTopics({
    [ALERT_RAISED]: alertRaised(services.alertFeed),
    [SPEND_RECORDED]: spendRecorded(services.spendFeed),
    [BUDGET_CHANGED]: budgetChanged(services.limitFeed),
    [KEY_CHANGED]: keyChanged(services.keyFeed),
  });
}
