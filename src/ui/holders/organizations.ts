import {
  ArchiveOrganizationDocument,
  CreateOrganizationDocument,
  OrganizationsDocument,
  UpdateOrganizationDocument,
  type OrganizationsQuery,
} from '../generated/operations';
import { jsonText } from '../lib/form';
import type { HolderKind } from './holder-kind';
import { blockChanges, METADATA, MODELS, modelsColumn, NAME, stateColumn } from './parts';

type Organization = OrganizationsQuery['holders']['nodes'][number];

export const ORGANIZATIONS: HolderKind<Organization> = {
  ...{ title: 'Organizations', one: 'organization', scope: 'ORGANIZATION', idField: 'organizationId' },
  list: OrganizationsDocument,
  nameOf: ({ name }) => name,
  columns: [{ name: 'Organization', render: ({ name }) => name }, modelsColumn(), stateColumn()],
  fields: [NAME, MODELS, METADATA],
  valuesOf: ({ name, models, metadata }) => ({ name, models, metadata: jsonText(metadata) }),
  ...{ create: CreateOrganizationDocument, update: UpdateOrganizationDocument },
  changes: [
    ...blockChanges<Organization>('organization', UpdateOrganizationDocument, UpdateOrganizationDocument, [
      { blocked: true },
      { blocked: false },
    ]),
    {
      ...{ label: 'Archive', mutation: ArchiveOrganizationDocument, done: 'The organization is archived.' },
      question: ({ name }) =>
        `Archive ${name} with its teams? Their keys stop working; what they spent stays in the books.`,
    },
  ],
  mayMake: ({ isAdministrator }) => isAdministrator,
  mayChange: ({ mayMakeTeams }) => mayMakeTeams,
};
