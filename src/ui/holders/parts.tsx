import { Badge } from '@mantine/core';
import type { FormField } from '../lib/form';
import type { Column, Holder, RowChange } from './holder-kind';
import type { FormMutation } from '../lib/use-form-change';

export const MODELS: FormField = {
  name: 'models',
  label: 'Models',
  kind: 'MODELS',
  description: 'Names or patterns such as openai/*; all that the level above allows when left empty.',
};

export const METADATA: FormField = {
  name: 'metadata',
  label: 'Metadata',
  kind: 'JSON',
  description: 'Whatever you want to know of it, as a JSON object.',
};

export const TAGS: FormField = {
  name: 'tags',
  label: 'Tags',
  kind: 'TAGS',
  description: 'Counted with each of its calls.',
};

export const NAME: FormField = { name: 'name', label: 'Name', kind: 'TEXT', isRequired: true };

export function modelsColumn<Row extends { readonly models: readonly string[] }>(): Column<Row> {
  return {
    name: 'Models',
    render: ({ models }) => (models.length === 0 ? <span className="quiet">all</span> : models.join(', ')),
  };
}

export function stateColumn<Row extends Holder>(): Column<Row> {
  return {
    name: 'State',
    render: ({ blocked }) => (
      <Badge variant="outline" color={blocked ? 'red' : 'teal'} className="badge">
        {blocked ? 'Blocked' : 'Active'}
      </Badge>
    ),
  };
}

/** Blocking and unblocking, of which a row is offered one. */
export function blockChanges<Row extends Holder>(
  one: string,
  block: FormMutation,
  unblock: FormMutation,
  inputs: readonly [block: object, unblock: object] = [{}, {}],
): RowChange<Row>[] {
  return [
    {
      ...{ label: 'Block', mutation: block, input: inputs[0] },
      done: `Calls of the ${one} are refused from now on.`,
      isFor: ({ blocked }) => !blocked,
    },
    {
      ...{ label: 'Unblock', mutation: unblock, input: inputs[1] },
      done: `The ${one} may call again.`,
      isFor: ({ blocked }) => blocked,
    },
  ];
}
