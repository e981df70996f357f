import type { RequestContext, Sender } from '../access/context';
import type { KeyedHash } from '../access/keyed-hash';
import type { Principal } from '../access/principal';
import type { AlertDeliveryService } from '../alerts/delivery.service';
import type { AuditService } from '../audit/audit.service';
import type { KeyLifecycleService } from '../keys/key-lifecycle.service';
import type { KeyService } from '../keys/key.service';
import type { LimitAdjustmentService } from '../limits/limit-adjustment.service';
import type { LimitService } from '../limits/limit.service';
import type { CredentialService } from '../models/credential.service';
import type { DeploymentService } from '../models/deployment.service';
import type { AdjustmentRule } from '../domain/pricing/adjustment-rules';
import type { PriceAdjustmentService } from '../pricing/price-adjustment.service';
import type { PriceService } from '../pricing/price.service';
import type { UnpricedPolicyService } from '../pricing/unpriced-policy.service';
import type { Probe } from '../passthrough/pipeline/probe';
import type { Route } from '../models/route';
import type { PriceReload } from './reload-price-map';
import type { ModelRouter } from '../models/model-router';
import type { ModelService } from '../models/model.service';
import type { ConfiguredAlertChannel } from '../platform/config';
import type { Log } from '../platform/logger';
import type { TokenizerPool } from '../platform/tokenizer/tokenizer-pool';
import type { PricingService } from '../pricing/pricing.service';
import type { SpendReportService } from '../spend/spend-report.service';
import type { SpendService } from '../spend/spend.service';
import type { CustomerService } from '../customers/customer.service';
import type { OrganizationMemberService } from '../organizations/organization-member.service';
import type { OrganizationService } from '../organizations/organization.service';
import type { ProjectService } from '../projects/project.service';
import type { UserService } from '../users/user.service';
import type { TeamMemberService } from '../teams/team-member.service';
import type { TeamService } from '../teams/team.service';
import type { AssignmentService } from '../templates/assignment.service';
import type { TemplateService } from '../templates/template.service';

import type { ManagementPolicy } from './policy';

/** Finds out who asks, as for every other door. */
export interface RequestContexts {
  /** Throws UNAUTHENTICATED for a credential that is not valid. */
  principalOf(authorization: string | undefined): Promise<Principal>;
  contextOf(principal: Principal, requestId: string, sender: Sender): RequestContext;
}

/** How the services that the configuration names are tried. */
export interface ServiceTests {
  readonly alertDeliveries: Pick<AlertDeliveryService, 'test'>;
  readonly configuredAlerts: readonly Pick<ConfiguredAlertChannel, 'name' | 'service'>[];
  /** Null: Langfuse is not told of calls. Answers why it did not take a test; null when it did. */
  readonly langfuseCheck: (() => Promise<string | null>) | null;
}

/** How deployments are tried that are not made yet. */
export interface Connections {
  readonly allowsPrivateAddresses: boolean;
  probe(route: Route): Promise<Probe>;
}

/** What the LiteLLM routes stand on. */
export interface LitellmServices {
  readonly contexts: RequestContexts;
  readonly keys: Pick<KeyService, 'find' | 'create' | 'update'>;
  readonly keyLifecycle: Pick<KeyLifecycleService, 'block' | 'unblock' | 'delete' | 'rotate'>;
  readonly teams: Pick<TeamService, 'find' | 'list' | 'create' | 'update' | 'block' | 'unblock' | 'archive'>;
  readonly teamMembers: Pick<TeamMemberService, 'add' | 'update' | 'remove'>;
  readonly users: Pick<UserService, 'find' | 'list' | 'create' | 'update' | 'remove'>;
  readonly organizations: Pick<OrganizationService, 'find' | 'list' | 'create' | 'update' | 'archive'>;
  readonly organizationMembers: Pick<OrganizationMemberService, 'add' | 'update' | 'remove'>;
  readonly projects: Pick<
    ProjectService,
    'find' | 'list' | 'create' | 'update' | 'block' | 'unblock' | 'archive'
  >;
  readonly customers: Pick<CustomerService, 'list' | 'create' | 'update' | 'block' | 'unblock' | 'remove'>;
  readonly limits: Pick<LimitService, 'list' | 'set' | 'update' | 'remove'>;
  readonly limitAdjustments: Pick<LimitAdjustmentService, 'credit' | 'reset' | 'increase'>;
  readonly limitTemplates: Pick<TemplateService, 'find' | 'list' | 'create' | 'update' | 'remove'>;
  readonly templateAssignments: Pick<AssignmentService, 'assign' | 'unassign'>;
  readonly spend: Pick<SpendService, 'find' | 'list' | 'numbered' | 'serverTotal'>;
  readonly spendReports: Pick<SpendReportService, 'everyGroup' | 'visibleTotal'>;
  readonly pricing: Pick<PricingService, 'priceFor' | 'adjustmentsFor'>;
  readonly router: Pick<ModelRouter, 'resolve' | 'conditionOf'>;
  readonly deployments: Pick<DeploymentService, 'find' | 'list' | 'create' | 'update' | 'delete'>;
  readonly credentials: Pick<CredentialService, 'create' | 'delete'>;
  readonly prices: Pick<PriceService, 'set'>;
  readonly priceAdjustments: Pick<PriceAdjustmentService, 'list' | 'set' | 'end'>;
  /** Discounts and margins of the configuration file. */
  readonly configuredAdjustments: readonly AdjustmentRule[];
  readonly unpricedPolicy: Pick<UnpricedPolicyService, 'refuses' | 'set'>;
  readonly priceReload: PriceReload;
  readonly audit: Pick<AuditService, 'find' | 'numbered'>;
  readonly connections: Connections;
  readonly models: Pick<ModelService, 'list'>;
  readonly tokenizer: Pick<TokenizerPool, 'countAll'>;
  readonly serviceTests: ServiceTests;
  readonly policy: ManagementPolicy;
  readonly keyedHash: KeyedHash;
  readonly log: Log;
  readonly bodyLimitBytes: number;
}
