import { DeploymentHealth } from '../domain/models/deployment-health';
import { keyedHash, type KeyedHash } from '../access/keyed-hash';
import { AlertFeed } from '../alerts/alert-feed';
import { AlertRuleService } from '../alerts/alert-rule.service';
import { AlertService } from '../alerts/alert.service';
import { AuditService } from '../audit/audit.service';
import { KeyAuthenticator } from '../keys/key-authenticator';
import { KeyFeed } from '../keys/key-feed';
import { KeyLifecycleService } from '../keys/key-lifecycle.service';
import { KeyService } from '../keys/key.service';
import { MemberKeyPolicyService } from '../keys/member-key-policy.service';
import { CustomerRegister } from '../customers/customer-register';
import { CustomerService } from '../customers/customer.service';
import { LedgerIntegrityService } from '../ledger/ledger-integrity.service';
import { LimitFeed } from '../limits/limit-feed';
import { LimitAdjustmentService } from '../limits/limit-adjustment.service';
import { LimitService } from '../limits/limit.service';
import { CredentialService } from '../models/credential.service';
import { DeploymentService } from '../models/deployment.service';
import { ModelService } from '../models/model.service';
import { ModelRouter } from '../models/model-router';
import { OrganizationMemberService } from '../organizations/organization-member.service';
import { OrganizationService } from '../organizations/organization.service';
import { SecretBox } from '../platform/secret-box';
import { CatalogueService } from '../pricing/catalogue.service';
import { PriceAdjustmentService } from '../pricing/price-adjustment.service';
import { PriceImportService } from '../pricing/price-import.service';
import { PriceMapSource } from '../pricing/price-map-source';
import { PriceQuoteService } from '../pricing/price-quote.service';
import { PriceService } from '../pricing/price.service';
import { PricingService } from '../pricing/pricing.service';
import { UnpricedPolicyService } from '../pricing/unpriced-policy.service';
import { ProjectService } from '../projects/project.service';
import { CostService } from '../spend/cost.service';
import { RerateService } from '../spend/rerate.service';
import { SpendFeed } from '../spend/spend-feed';
import { SpendForecastService } from '../spend/spend-forecast.service';
import { SpendReportService } from '../spend/spend-report.service';
import { SpendService } from '../spend/spend.service';
import { TeamMemberService } from '../teams/team-member.service';
import { TeamService } from '../teams/team.service';
import { AssignmentService } from '../templates/assignment.service';
import { TemplateService } from '../templates/template.service';
import { AccessTokenService } from '../users/access-token.service';
import { PasswordHasher } from '../users/password-hasher';
import { PasswordService } from '../users/password.service';
import { SignInService } from '../users/sign-in.service';
import { ServiceAccountService } from '../service-accounts/service-account.service';
import { ServiceAccountTokenService } from '../service-accounts/service-account-token.service';
import { TokenMaker } from '../users/token-maker';
import { AccessTokenAuthenticator } from '../users/access-token-authenticator';
import { UserService } from '../users/user.service';
import { createAlertServices, type AlertServices } from './alert-services';
import { catalogue } from './catalogue';
import { createExportServices, type ExportServices } from './export-services';
import { configuredAdjustments, configuredPrices } from './configured-prices';
import { KeyModelWarnings } from './key-model-warnings';
import type { ServiceParts } from './service-parts';

export type { ServiceParts };

/** The use cases, and what they share. */
export interface Services extends AlertServices, ExportServices {
  readonly hash: KeyedHash;
  readonly audit: AuditService;
  readonly router: ModelRouter;
  readonly pricing: PricingService;
  readonly users: UserService;
  readonly accessTokens: AccessTokenService;
  readonly serviceAccounts: ServiceAccountService;
  readonly serviceAccountTokens: ServiceAccountTokenService;
  readonly passwords: PasswordService;
  readonly signIns: SignInService;
  readonly accessTokenAuthenticator: AccessTokenAuthenticator;
  readonly teams: TeamService;
  readonly teamMembers: TeamMemberService;
  readonly projects: ProjectService;
  readonly ledgerIntegrity: LedgerIntegrityService;
  readonly models: ModelService;
  readonly organizations: OrganizationService;
  readonly organizationMembers: OrganizationMemberService;
  readonly keys: KeyService;
  readonly keyLifecycle: KeyLifecycleService;
  readonly memberKeyPolicies: MemberKeyPolicyService;
  readonly keyAuthenticator: KeyAuthenticator;
  readonly keyFeed: KeyFeed;
  readonly credentials: CredentialService;
  readonly deployments: DeploymentService;
  readonly prices: PriceService;
  readonly priceAdjustments: PriceAdjustmentService;
  readonly unpricedPolicy: UnpricedPolicyService;
  readonly priceImports: PriceImportService;
  readonly catalogue: CatalogueService;
  readonly priceQuotes: PriceQuoteService;
  readonly costs: CostService;
  readonly limits: LimitService;
  readonly limitAdjustments: LimitAdjustmentService;
  readonly limitTemplates: TemplateService;
  readonly templateAssignments: AssignmentService;
  readonly customers: CustomerService;
  readonly customerRegister: CustomerRegister;
  readonly limitFeed: LimitFeed;
  readonly spend: SpendService;
  readonly spendForecasts: SpendForecastService;
  readonly spendReports: SpendReportService;
  readonly rerates: RerateService;
  readonly spendFeed: SpendFeed;
  readonly alerts: AlertService;
  readonly alertRules: AlertRuleService;
  readonly alertFeed: AlertFeed;
}

/** Every use case, made once. */
export function createServices(parts: ServiceParts): Services {
  const { config, database, hints, clock, log, tokenizer } = parts;
  const { db } = database;
  const [hash, hasher] = [keyedHash(config.salt.value), new PasswordHasher()];
  const tokenMaker = new TokenMaker(db, hash);
  const box = new SecretBox(config.salt.value);
  const masterKey = config.masterKey.value;
  const { allowsPrivateAddresses } = config.upstream;
  const health = new DeploymentHealth(config.routing);
  const router = new ModelRouter(db, box, hints, catalogue, log, { clock, health });
  const pricing = new PricingService(db, hints, {
    rules: configuredPrices(config),
    adjustments: configuredAdjustments(config),
    unpriced: config.spending.unpriced,
  });
  const limits = new LimitService(db, hints, { timezone: config.spending.timezone, startOfDayMinutes: 0 });
  const priceQuotes = new PriceQuoteService(db, pricing, router);
  const spendReports = new SpendReportService(db, config.spending.timezone);
  return {
    ...createAlertServices(parts, box),
    ...createExportServices(parts, spendReports),
    hash,
    audit: new AuditService(db),
    router,
    pricing,
    users: new UserService(db, hints),
    accessTokens: new AccessTokenService(db, tokenMaker, hints),
    serviceAccounts: new ServiceAccountService(db, hints),
    serviceAccountTokens: new ServiceAccountTokenService(db, tokenMaker),
    passwords: new PasswordService(db, hasher, hints),
    signIns: new SignInService({ db, hash, hasher, hints, administrator: config.pageAdministrator }),
    accessTokenAuthenticator: new AccessTokenAuthenticator(db, hash, clock, hints),
    teams: new TeamService(db, hints),
    teamMembers: new TeamMemberService(db, hints),
    projects: new ProjectService(db, hints),
    ledgerIntegrity: new LedgerIntegrityService(database.pool),
    models: new ModelService(db, router),
    organizations: new OrganizationService(db, hints),
    organizationMembers: new OrganizationMemberService(db, hints),
    keys: new KeyService(db, hash, hints, new KeyModelWarnings(router, pricing, clock), limits, masterKey),
    memberKeyPolicies: new MemberKeyPolicyService(db),
    keyLifecycle: new KeyLifecycleService(db, hash, hints, masterKey),
    keyAuthenticator: new KeyAuthenticator(db, hash, hints, clock, config.spending.keyCacheTtlMs),
    keyFeed: new KeyFeed(db, hints, log),
    credentials: new CredentialService(db, box, hints),
    deployments: new DeploymentService(db, hints, { allowPrivateUpstreams: allowsPrivateAddresses }),
    prices: new PriceService(db, hints),
    priceAdjustments: new PriceAdjustmentService(db, hints),
    unpricedPolicy: new UnpricedPolicyService(db, hints, pricing, config.spending.unpriced),
    priceImports: new PriceImportService(db, hints, new PriceMapSource(config.upstream)),
    catalogue: new CatalogueService(),
    priceQuotes,
    costs: new CostService(priceQuotes, router, tokenizer),
    limits,
    limitAdjustments: new LimitAdjustmentService(db, hints),
    limitTemplates: new TemplateService(db, hints),
    templateAssignments: new AssignmentService(db),
    customers: new CustomerService(db, hints),
    customerRegister: new CustomerRegister(database.pool, clock, hints, log),
    limitFeed: new LimitFeed(db, hints, log),
    spend: new SpendService(db),
    spendForecasts: new SpendForecastService(db),
    spendReports,
    rerates: new RerateService(database.pool, pricing, hints),
    spendFeed: new SpendFeed(db, hints, log),
    alerts: new AlertService(db, hints),
    alertRules: new AlertRuleService(db),
    alertFeed: new AlertFeed(db, hints, log),
  };
}
