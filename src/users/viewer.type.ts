import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { Principal } from '../access/principal';

type ViewerKind = Principal['kind'];

const ViewerKindEnum = {
  ANONYMOUS: 'ANONYMOUS',
  MASTER: 'MASTER',
  USER: 'USER',
  SERVICE_ACCOUNT: 'SERVICE_ACCOUNT',
  KEY: 'KEY',
} as const satisfies Record<ViewerKind, ViewerKind>;

registerEnumType(ViewerKindEnum, {
  name: 'ViewerKind',
  description: 'What a caller proved to be by its credential.',
  valuesConfig: {
    ANONYMOUS: { description: 'A caller without credential.' },
    MASTER: { description: 'The master key of the server, which may do everything.' },
    USER: { description: 'A user, by one of its access tokens.' },
    SERVICE_ACCOUNT: { description: 'A service account, by one of its access tokens.' },
    KEY: { description: 'A virtual key, which sees itself and what it belongs to.' },
  },
});

@ObjectType('Viewer', { description: 'The caller, as its credential shows it.' })
export class Viewer {
  @Field(() => ViewerKindEnum, { description: 'What the credential is.' })
  kind: ViewerKind;

  /** For the edge to the user. */
  userId: string | null;
}

export function toViewer(principal: Principal): Viewer {
  const userId = principal.kind === 'USER' || principal.kind === 'KEY' ? principal.userId : null;
  return { kind: principal.kind, userId };
}
