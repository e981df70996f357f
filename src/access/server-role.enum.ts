import { registerEnumType } from 'type-graphql';
import type { ServerRole } from './principal';

export const ServerRoleEnum = {
  ADMIN: 'ADMIN',
  VIEWER: 'VIEWER',
  MEMBER: 'MEMBER',
} as const satisfies Record<ServerRole, ServerRole>;

registerEnumType(ServerRoleEnum, {
  name: 'ServerRole',
  description: 'What a user may do on the whole server.',
  valuesConfig: {
    ADMIN: { description: 'Everything.' },
    VIEWER: { description: 'Sees everything and changes nothing.' },
    MEMBER: { description: 'Nothing by itself: memberships in organizations and teams tell.' },
  },
});
