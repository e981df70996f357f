import {
  BlockUserDocument,
  CreateUserDocument,
  DeleteUserDocument,
  UnblockUserDocument,
  UpdateUserDocument,
  UsersDocument,
  type ServerRole,
  type UsersQuery,
} from '../generated/operations';
import { jsonText } from '../lib/form';
import { words } from '../lib/format';
import type { HolderKind } from './holder-kind';
import { blockChanges, METADATA, stateColumn } from './parts';

type User = UsersQuery['holders']['nodes'][number];

const ROLES: ServerRole[] = ['MEMBER', 'VIEWER', 'ADMIN'];
const nameOf = ({ id, name, email }: User) => name ?? email ?? id;

export const USERS: HolderKind<User> = {
  ...{ title: 'Users', one: 'user', scope: 'USER', idField: 'userId' },
  list: UsersDocument,
  nameOf,
  columns: [
    { name: 'User', render: nameOf },
    { name: 'Email', render: ({ email }) => email ?? '' },
    { name: 'Role', render: ({ role }) => words(role) },
    stateColumn(),
  ],
  fields: [
    { name: 'name', label: 'Name', kind: 'TEXT' },
    { name: 'email', label: 'Email', kind: 'EMAIL' },
    {
      ...{ name: 'role', label: 'Role on the server', kind: 'CHOICE' },
      options: ROLES.map((value) => ({ value, label: words(value) })),
      description: 'Members see what their teams and organizations let them see.',
    },
    METADATA,
  ],
  valuesOf: ({ name, email, role, metadata }) => ({
    ...{ name: name ?? '', email: email ?? '', role, metadata: jsonText(metadata) },
  }),
  ...{ create: CreateUserDocument, update: UpdateUserDocument },
  changes: [
    ...blockChanges<User>('user', BlockUserDocument, UnblockUserDocument),
    {
      ...{ label: 'Delete', mutation: DeleteUserDocument, done: 'The user is deleted.' },
      question: (user) => `Delete ${nameOf(user)}? Their keys and tokens stop working.`,
    },
  ],
  mayMake: ({ isAdministrator }) => isAdministrator,
  mayChange: ({ isAdministrator }) => isAdministrator,
};
