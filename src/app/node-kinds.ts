import type { RequestContext } from '../access/context';
import { idKind, type IdKind } from '../domain/ids';
import { AlertRule } from '../alerts/alert-rule.type';
import { loadAlert, loadAlertRule } from '../alerts/alert.loader';
import { Alert } from '../alerts/alert.type';
import { loadAlertChannel } from '../alerts/alert-channel.loader';
import { AlertChannel } from '../alerts/alert-channel.type';
import { loadAlertDelivery } from '../alerts/delivery.loader';
import { AlertDelivery } from '../alerts/delivery.type';
import { loadAuditEntry } from '../audit/audit-entry.loader';
import { AuditEntry } from '../audit/audit-entry.type';
import { loadCustomer } from '../customers/customer.loader';
import { Customer } from '../customers/customer.type';
import { loadExport, loadExportSchedule } from '../exports/export.loader';
import { Export } from '../exports/export.type';
import { ExportSchedule } from '../exports/export-schedule.type';
import { loadKey } from '../keys/key.loader';
import { VirtualKey } from '../keys/key.type';
import { loadLimitAdjustment, loadLimitIncrease } from '../limits/limit-adjustment.loader';
import { LimitAdjustment, LimitIncrease } from '../limits/limit-adjustment.type';
import { loadLimit, loadLimitWindow } from '../limits/limit.loader';
import { LimitWindow } from '../limits/limit-window.type';
import { Limit } from '../limits/limit.type';
import { loadCredential } from '../models/credential.loader';
import { Credential } from '../models/credential.type';
import { loadDeployment } from '../models/deployment.loader';
import { Deployment } from '../models/deployment.type';
import { loadOrganizationMember } from '../organizations/organization-member.loader';
import { OrganizationMember } from '../organizations/organization-member.type';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import type { Node } from '../platform/graphql/node.type';
import { loadPriceAdjustment } from '../pricing/price-adjustment.loader';
import { PriceAdjustment } from '../pricing/price-adjustment.type';
import { loadPriceImport } from '../pricing/price-import.loader';
import { PriceImport } from '../pricing/price-import.type';
import { loadPrice } from '../pricing/price.loader';
import { Price } from '../pricing/price.type';
import { loadProject } from '../projects/project.loader';
import { Project } from '../projects/project.type';
import { CallInFlight } from '../spend/call-in-flight.type';
import { loadCallInFlight, loadSpendLog } from '../spend/spend-log.loader';
import { SpendLog } from '../spend/spend-log.type';
import { loadTeamMember } from '../teams/team-member.loader';
import { TeamMember } from '../teams/team-member.type';
import { loadServiceAccount } from '../service-accounts/service-account.loader';
import { ServiceAccount } from '../service-accounts/service-account.type';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { TemplateAssignment } from '../templates/assignment.type';
import { loadLimitTemplate, loadTemplateAssignment } from '../templates/template.loader';
import { LimitTemplate } from '../templates/template.type';
import { loadAccessToken } from '../users/access-token.loader';
import { AccessToken } from '../users/access-token.type';
import { loadUser } from '../users/user.loader';
import { User } from '../users/user.type';

interface NodeKind {
  /** Name of its type in the schema, which is that of its class. */
  readonly typeName: string;
  /** The kind that the prefix of its ids names. */
  readonly kind: IdKind;
  /** Callers may choose its ids themselves, so that they tell nothing. */
  readonly isChosen: boolean;
  load(ctx: RequestContext, id: string): Promise<Node | null>;
}

interface NodeClass<T> {
  readonly name: string;
  readonly prototype: T;
}

type Load<T> = (ctx: RequestContext, id: string) => Promise<T | null>;

/** How each kind of object is found by its id. */
export const NODE_KINDS: readonly NodeKind[] = [
  chosen('organization', Organization, loadOrganization),
  chosen('team', Team, loadTeam),
  chosen('project', Project, loadProject),
  chosen('user', User, loadUser),
  made('membership', OrganizationMember, loadOrganizationMember),
  made('membership', TeamMember, loadTeamMember),
  made('audit', AuditEntry, loadAuditEntry),
  made('accessToken', AccessToken, loadAccessToken),
  made('key', VirtualKey, loadKey),
  made('credential', Credential, loadCredential),
  chosen('deployment', Deployment, loadDeployment),
  made('price', Price, loadPrice),
  made('priceAdjustment', PriceAdjustment, loadPriceAdjustment),
  made('priceImport', PriceImport, loadPriceImport),
  made('customer', Customer, loadCustomer),
  chosen('template', LimitTemplate, loadLimitTemplate),
  made('assignment', TemplateAssignment, loadTemplateAssignment),
  made('limit', Limit, loadLimit),
  made('serviceAccount', ServiceAccount, loadServiceAccount),
  made('adjustment', LimitAdjustment, loadLimitAdjustment),
  made('increase', LimitIncrease, loadLimitIncrease),
  made('window', LimitWindow, loadLimitWindow),
  made('alertChannel', AlertChannel, loadAlertChannel),
  made('alertDelivery', AlertDelivery, loadAlertDelivery),
  made('call', CallInFlight, loadCallInFlight),
  made('spend', SpendLog, loadSpendLog),
  made('export', Export, loadExport),
  made('exportSchedule', ExportSchedule, loadExportSchedule),
  made('alert', Alert, loadAlert),
  made('alertRule', AlertRule, loadAlertRule),
];

/** The object with that id, whatever it is; null when it is absent or not visible. */
export async function loadNode(ctx: RequestContext, id: string): Promise<Node | null> {
  const kind = idKind(id);
  const named = await firstOf(
    NODE_KINDS.filter((each) => each.kind === kind),
    ctx,
    id,
  );
  return (
    named ??
    firstOf(
      NODE_KINDS.filter((each) => each.isChosen && each.kind !== kind),
      ctx,
      id,
    )
  );
}

async function firstOf(kinds: readonly NodeKind[], ctx: RequestContext, id: string): Promise<Node | null> {
  const found = await Promise.all(kinds.map((each) => each.load(ctx, id)));
  return found.find((node) => node !== null) ?? null;
}

function made<T extends Node>(kind: IdKind, type: NodeClass<T>, load: Load<T>): NodeKind {
  return {
    typeName: type.name,
    kind,
    isChosen: false,
    load: async (ctx, id) => {
      const found = await load(ctx, id);
      // Loaders return plain objects; the interface tells its types by their classes.
      return found && Object.assign(Object.create(type.prototype) as T, found);
    },
  };
}

function chosen<T extends Node>(kind: IdKind, type: NodeClass<T>, load: Load<T>): NodeKind {
  return { ...made(kind, type, load), isChosen: true };
}
