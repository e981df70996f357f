import { AlertRuleEntity } from '../alerts/alert-rule.entity';
import { AlertEntity } from '../alerts/alert.entity';
import { AlertChannelEntity } from '../alerts/alert-channel.entity';
import { AlertDeliveryEntity } from '../alerts/alert-delivery.entity';
import { AlertMessageEntity } from '../alerts/alert-message.entity';
import { AuditEntryEntity } from '../audit/audit-entry.entity';
import { CredentialEntity } from '../models/credential.entity';
import { CustomerEntity } from '../customers/customer.entity';
import { DeploymentEntity } from '../models/deployment.entity';
import { ExportEntity } from '../exports/export.entity';
import { ExportScheduleEntity } from '../exports/export-schedule.entity';
import { KeySecretEntity } from '../keys/key-secret.entity';
import { VirtualKeyEntity } from '../keys/virtual-key.entity';
import { LimitAdjustmentEntity } from '../limits/limit-adjustment.entity';
import { LimitIncreaseEntity } from '../limits/limit-increase.entity';
import { LimitEntity } from '../limits/limit.entity';
import { LimitWindowEntity } from '../limits/limit-window.entity';
import { PriceAdjustmentEntity } from '../pricing/price-adjustment.entity';
import { PriceImportChangeEntity } from '../pricing/price-import-change.entity';
import { PriceImportEntity } from '../pricing/price-import.entity';
import { PriceEntity } from '../pricing/price.entity';
import { MemberKeyPolicyEntity } from '../keys/member-key-policy.entity';
import { OrganizationEntity } from '../organizations/organization.entity';
import { ReservationEntity } from '../spend/reservation.entity';
import { SpendLogEntity } from '../spend/spend-log.entity';
import { AccessTokenEntity } from '../users/access-token.entity';
import { UserPasswordEntity } from '../users/user-password.entity';
import { UserEntity } from '../users/user.entity';
import { OrganizationMemberEntity } from '../organizations/organization-member.entity';
import { ProjectEntity } from '../projects/project.entity';
import { AssignmentEntity } from '../templates/assignment.entity';
import { TemplateEntity } from '../templates/template.entity';
import { ServiceAccountEntity } from '../service-accounts/service-account.entity';
import { TeamEntity } from '../teams/team.entity';
import { TeamMemberEntity } from '../teams/team-member.entity';

/** Every table that TypeORM reads and writes. */
export const entities = [
  AlertChannelEntity,
  AlertDeliveryEntity,
  AlertMessageEntity,
  AssignmentEntity,
  AccessTokenEntity,
  AlertEntity,
  AlertRuleEntity,
  AuditEntryEntity,
  UserPasswordEntity,
  CredentialEntity,
  CustomerEntity,
  DeploymentEntity,
  ExportEntity,
  ExportScheduleEntity,
  KeySecretEntity,
  LimitAdjustmentEntity,
  LimitEntity,
  LimitIncreaseEntity,
  LimitWindowEntity,
  MemberKeyPolicyEntity,
  OrganizationEntity,
  PriceAdjustmentEntity,
  PriceEntity,
  PriceImportChangeEntity,
  PriceImportEntity,
  ReservationEntity,
  ServiceAccountEntity,
  SpendLogEntity,
  TemplateEntity,
  UserEntity,
  VirtualKeyEntity,
  OrganizationMemberEntity,
  ProjectEntity,
  TeamEntity,
  TeamMemberEntity,
];
