import { registerEnumType } from 'type-graphql';
import type { AuditActorKind } from './audit-entry.entity';

export const AuditActorKindEnum = {
  USER: 'USER',
  SERVICE_ACCOUNT: 'SERVICE_ACCOUNT',
  KEY: 'KEY',
  MASTER: 'MASTER',
  ANONYMOUS: 'ANONYMOUS',
  SYSTEM: 'SYSTEM',
  DATABASE: 'DATABASE',
} as const satisfies Record<AuditActorKind, AuditActorKind>;

registerEnumType(AuditActorKindEnum, {
  name: 'AuditActorKind',
  description: 'What kind of actor changed something.',
  valuesConfig: {
    USER: { description: 'A user, by an access token.' },
    SERVICE_ACCOUNT: { description: 'A service account, by an access token.' },
    KEY: { description: 'A virtual key.' },
    MASTER: { description: 'Whoever holds the master key.' },
    ANONYMOUS: { description: 'A caller without a credential.' },
    SYSTEM: { description: 'The server itself: its configuration, its command line, its timers.' },
    DATABASE: { description: 'Somebody on the database, past the server.' },
  },
});
