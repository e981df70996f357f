import { registerEnumType } from 'type-graphql';
import type { MemberRole } from './principal';

export const MemberRoleEnum = {
  ADMIN: 'ADMIN',
  MEMBER: 'MEMBER',
  VIEWER: 'VIEWER',
} as const satisfies Record<MemberRole, MemberRole>;

registerEnumType(MemberRoleEnum, {
  name: 'MemberRole',
  description: 'What a user may do in an organization or team.',
  valuesConfig: {
    ADMIN: { description: 'Manages what is inside: members, teams, projects and keys.' },
    MEMBER: { description: 'Sees the record of the organization or team, and the own keys and spend.' },
    VIEWER: { description: 'Sees everything inside and changes nothing.' },
  },
});
