import { Button, Group, Menu, Paper, Stack, Switch, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { InputForm } from '../components/input-form';
import { Pager } from '../components/pager';
import { Empty, Failed, Loading } from '../components/states';
import {
  AlertRulesDocument,
  CreateAlertRuleDocument,
  DeleteAlertRuleDocument,
  EditAlertRuleDocument,
  UpdateAlertRuleDocument,
} from '../generated/operations';
import { words } from '../lib/format';
import { useChange } from '../lib/use-change';
import { usePages } from '../lib/use-pages';
import { useViewer } from '../lib/use-viewer';
import { NEW_RULE_FIELDS, RULE_FIELDS, termsOf, toRuleInput, valuesOfRule, type Rule } from './rule-fields';

/** What is watched, and what is told of it where. */
export function Rules() {
  const { mayChange } = useViewer();
  const pages = usePages();
  const [editing, setEditing] = useState<Rule | 'NEW' | null>(null);
  const [{ data, error }, refetch] = useQuery({
    query: AlertRulesDocument,
    variables: { first: 50, after: pages.after },
  });
  const refresh = () => refetch({ requestPolicy: 'network-only' });
  const rules = data?.alertRules.nodes;
  const of = editing === 'NEW' ? null : editing;
  return (
    <Stack>
      {mayChange && (
        <Group>
          <Button onClick={() => setEditing('NEW')}>Create rule</Button>
          <Text size="sm" className="quiet">
            A rule of a narrower place holds there instead of that of a wider one.
          </Text>
        </Group>
      )}
      {error && <Failed error={error} />}
      {!rules && !error && <Loading rows={6} />}
      {rules?.length === 0 && <Empty>You see no rules here; those of the server hold.</Empty>}
      {rules && rules.length > 0 && (
        <Paper withBorder p="md">
          <RuleTable rules={rules} onEdit={setEditing} onDone={refresh} />
          <Pager pages={pages} pageInfo={data.alertRules.pageInfo} />
        </Paper>
      )}
      {editing !== null && (
        <InputForm
          title={of ? `Edit ${of.name}` : 'Create a rule'}
          submit={of ? 'Save' : 'Create'}
          fields={of ? RULE_FIELDS : NEW_RULE_FIELDS}
          before={of && valuesOfRule(of)}
          mutation={of ? EditAlertRuleDocument : CreateAlertRuleDocument}
          toInput={(input) => (of ? { ...input, alertRuleId: of.id } : toRuleInput(input))}
          done={of ? 'The rule was changed.' : 'The rule holds from now on.'}
          onMade={refresh}
          onClose={() => setEditing(null)}
        />
      )}
    </Stack>
  );
}

interface RuleTableProps {
  readonly rules: readonly Rule[];
  readonly onEdit: (rule: Rule) => void;
  readonly onDone: () => void;
}

function RuleTable({ rules, onEdit, onDone }: RuleTableProps) {
  const { mayChange } = useViewer();
  const { run } = useChange(UpdateAlertRuleDocument, 'The rule was changed.');
  const remove = useChange(DeleteAlertRuleDocument, 'The rule is gone.');
  const end = async (alertRuleId: string) => {
    if (await remove.run({ input: { alertRuleId } })) onDone();
  };
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Alert rules">
      <Table>
        <Table.Thead>
          <Table.Tr>
            {['Rule', 'Watches', 'Where', 'At', 'On'].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
            {mayChange && (
              <Table.Th>
                <span className="quiet">Actions</span>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map((rule) => (
            <Table.Tr key={rule.id}>
              <Table.Td>{rule.name}</Table.Td>
              <Table.Td>{words(rule.kind)}</Table.Td>
              <Table.Td>
                {words(rule.scope)}{' '}
                <span className="quiet">{rule.scope === 'SERVER' ? '' : rule.scopeId}</span>
              </Table.Td>
              <Table.Td className="figure">{termsOf(rule)}</Table.Td>
              <Table.Td>
                <Switch
                  aria-label={`${rule.name} is on`}
                  checked={rule.enabled}
                  disabled={!mayChange}
                  onChange={(event) =>
                    void run({ input: { alertRuleId: rule.id, enabled: event.currentTarget.checked } })
                  }
                />
              </Table.Td>
              {mayChange && (
                <Table.Td>
                  <Menu position="bottom-end">
                    <Menu.Target>
                      <Button size="compact-sm" variant="default" aria-label={`Change ${rule.name}`}>
                        Change
                      </Button>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item onClick={() => onEdit(rule)}>Edit</Menu.Item>
                      <Menu.Item color="red" onClick={() => void end(rule.id)}>
                        Delete
                      </Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
