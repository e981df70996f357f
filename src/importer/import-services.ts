import type { DataSource } from 'typeorm';
import { requestContext, type RequestContext } from '../access/context';
import type { KeyedHash } from '../access/keyed-hash';
import { CustomerService } from '../customers/customer.service';
import { IMPORTED_BY } from '../domain/spend/spend-words';
import { KeyAdoptionService } from '../keys/key-adoption.service';
import { LimitService } from '../limits/limit.service';
import { CredentialService } from '../models/credential.service';
import { DeploymentService } from '../models/deployment.service';
import { OrganizationMemberService } from '../organizations/organization-member.service';
import { OrganizationService } from '../organizations/organization.service';
import type { Clock } from '../platform/clock';
import type { HintBus } from '../platform/events/hint-bus';
import type { SecretBox } from '../platform/secret-box';
import { PriceService } from '../pricing/price.service';
import { ProjectService } from '../projects/project.service';
import { TeamMemberService } from '../teams/team-member.service';
import { TeamService } from '../teams/team.service';
import { AssignmentService } from '../templates/assignment.service';
import { TemplateService } from '../templates/template.service';
import { UserService } from '../users/user.service';

/** What the services of an import need besides the database. */
export interface ServiceSettings {
  readonly hash: KeyedHash;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly timezone: string;
  readonly allowPrivateUpstreams: boolean;
}

export interface ImportServices {
  readonly ctx: RequestContext;
  readonly organizations: OrganizationService;
  readonly organizationMembers: OrganizationMemberService;
  readonly users: UserService;
  readonly teams: TeamService;
  readonly teamMembers: TeamMemberService;
  readonly projects: ProjectService;
  readonly keys: KeyAdoptionService;
  readonly customers: CustomerService;
  readonly limits: LimitService;
  readonly templates: TemplateService;
  readonly assignments: AssignmentService;
  readonly deployments: DeploymentService;
  readonly credentials: CredentialService;
  readonly prices: PriceService;
}

/** Limits that are set are the import's, so that opening balances are booked in no others. */
export function importedLimits(
  limits: LimitService,
): Pick<LimitService, 'list' | 'set' | 'update' | 'remove'> {
  return {
    list: (...args) => limits.list(...args),
    set: (ctx, input) => limits.set(ctx, input, IMPORTED_BY),
    update: (...args) => limits.update(...args),
    remove: (...args) => limits.remove(...args),
  };
}

/** The use cases that an import is made of, on a database or one transaction of it, as the administrator. */
export function importServices(
  db: DataSource,
  hints: Pick<HintBus, 'publish'>,
  { hash, box, clock, timezone, allowPrivateUpstreams }: ServiceSettings,
): ImportServices {
  return {
    ctx: requestContext({ requestId: 'import', principal: { kind: 'MASTER' }, clock, db }),
    organizations: new OrganizationService(db, hints),
    organizationMembers: new OrganizationMemberService(db, hints),
    users: new UserService(db, hints),
    teams: new TeamService(db, hints),
    teamMembers: new TeamMemberService(db, hints),
    projects: new ProjectService(db, hints),
    keys: new KeyAdoptionService(db, hash, hints),
    customers: new CustomerService(db, hints),
    limits: new LimitService(db, hints, { timezone, startOfDayMinutes: 0 }),
    templates: new TemplateService(db, hints),
    assignments: new AssignmentService(db),
    deployments: new DeploymentService(db, hints, { allowPrivateUpstreams }),
    credentials: new CredentialService(db, box, hints),
    prices: new PriceService(db, hints),
  };
}
