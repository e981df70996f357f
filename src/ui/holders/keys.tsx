import { Badge, Text } from '@mantine/core';
import {
  BlockKeyDocument,
  CreateKeyDocument,
  DeleteKeyDocument,
  ExpireKeyDocument,
  KeysDocument,
  RotateKeyDocument,
  UnblockKeyDocument,
  UpdateKeyDocument,
  type KeysQuery,
} from '../generated/operations';
import { jsonText, localInstant } from '../lib/form';
import { day, words } from '../lib/format';
import type { HolderKind } from './holder-kind';
import { blockChanges, METADATA, MODELS, modelsColumn, TAGS } from './parts';

type Key = KeysQuery['holders']['nodes'][number];

const COLORS = { ACTIVE: 'teal', BLOCKED: 'red', EXPIRED: 'gray', DELETED: 'gray' } as const;
const nameOf = ({ alias, display }: Key) => alias ?? display;

export const KEYS: HolderKind<Key> = {
  ...{ title: 'Keys', one: 'key', scope: 'KEY', idField: 'keyId' },
  list: KeysDocument,
  nameOf,
  columns: [
    { name: 'Key', render: (key) => <KeyName of={key} /> },
    { name: 'Team', render: ({ team }) => team?.name ?? '' },
    { name: 'Owner', render: ({ owner }) => owner?.name ?? '' },
    modelsColumn(),
    { name: 'State', render: (key) => <KeyState of={key} /> },
  ],
  fields: [
    { name: 'alias', label: 'Alias', kind: 'TEXT', placeholder: 'search-production' },
    { name: 'teamId', label: 'Team', kind: 'TEAM' },
    { name: 'projectId', label: 'Project', kind: 'PROJECT', description: 'Of its team.' },
    { name: 'userId', label: 'Owner', kind: 'USER', description: 'Nobody for a key of a service.' },
    MODELS,
    {
      ...{ name: 'expiresAt', label: 'Works until', kind: 'INSTANT' },
      description: 'For ever when left empty.',
    },
    {
      ...{ name: 'maxOutputTokens', label: 'Most output tokens of a call', kind: 'COUNT' },
      description: 'As many as the model gives when left empty.',
    },
    TAGS,
    METADATA,
  ],
  valuesOf: (key) => ({
    ...{ alias: key.alias ?? '', teamId: key.team?.id ?? '', projectId: key.project?.id ?? '' },
    ...{ userId: key.owner?.id ?? '', models: key.models, tags: key.tags },
    ...{ expiresAt: localInstant(key.expiresAt), maxOutputTokens: String(key.maxOutputTokens ?? '') },
    metadata: jsonText(key.metadata),
  }),
  chosen: ({ team, project, owner }) => ({ teamId: team, projectId: project, userId: owner }),
  ...{ create: CreateKeyDocument, update: UpdateKeyDocument },
  changes: [
    {
      ...{ label: 'Rotate', mutation: RotateKeyDocument, done: 'The key has a new secret.' },
      question: (key) => `Give ${nameOf(key)} a new secret? The old one stops working.`,
    },
    ...blockChanges<Key>('key', BlockKeyDocument, UnblockKeyDocument),
    {
      ...{ label: 'Expire now', mutation: ExpireKeyDocument, done: 'The key has expired.' },
      question: (key) => `Let ${nameOf(key)} expire now? Another date makes it usable again.`,
      isFor: ({ state }) => state !== 'EXPIRED',
    },
    {
      ...{ label: 'Delete', mutation: DeleteKeyDocument, done: 'The key is deleted.' },
      question: (key) => `Delete ${nameOf(key)}? What it spent stays in the books.`,
    },
  ],
  mayMake: ({ mayChange }) => mayChange,
  mayChange: ({ mayChange }) => mayChange,
};

function KeyName({ of: { alias, display } }: { readonly of: Key }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {alias ?? display}
      </Text>
      {alias != null && (
        <Text size="xs" className="quiet">
          {display}
        </Text>
      )}
    </div>
  );
}

function KeyState({ of: { state, expiresAt } }: { readonly of: Key }) {
  return (
    <>
      <Badge variant="outline" color={COLORS[state]} className="badge">
        {words(state)}
      </Badge>
      {expiresAt != null && (
        <Text size="xs" className="quiet">
          until {day(expiresAt)}
        </Text>
      )}
    </>
  );
}
