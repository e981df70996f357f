import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Holder, HolderKind, RowChange } from '../holders/holder-kind';
import { useFormChange } from '../lib/use-form-change';
import { useViewer } from '../lib/use-viewer';

interface HolderMenuProps<Row extends Holder> {
  readonly kind: HolderKind<Row>;
  readonly of: Row;
  readonly onEdit: () => void;
  readonly onBudget: () => void;
  readonly onDone: (secret: string | null) => void;
}

/** What can be done with one key, team, user …, and where more is told of it. */
export function HolderMenu<Row extends Holder>({ kind, of, onEdit, onBudget, onDone }: HolderMenuProps<Row>) {
  const viewer = useViewer();
  const mayChange = kind.mayChange(viewer);
  const [asked, setAsked] = useState<RowChange<Row> | null>(null);
  const { run, isRunning } = useFormChange();
  const make = async (change: RowChange<Row>) => {
    const outcome = await run(change.mutation, { [kind.idField]: of.id, ...change.input });
    setAsked(null);
    if (outcome.problems) {
      const message = Object.values(outcome.problems).join(' ');
      if (message !== '') notifications.show({ color: 'red', title: 'Not done', message });
      return;
    }
    notifications.show({ color: 'teal', message: change.done });
    onDone(outcome.made.secret ?? null);
  };
  const name = kind.nameOf(of);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            loading={isRunning}
            aria-label={`${mayChange ? 'Change' : 'More of'} ${name}`}
          >
            {mayChange ? 'Change' : 'More'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayChange && (
            <>
              <Menu.Item onClick={onEdit}>Edit</Menu.Item>
              <Menu.Item onClick={onBudget}>Set a limit</Menu.Item>
              <Menu.Divider />
            </>
          )}
          <Menu.Item component={Link} to={`/logs?${kind.idField}=${of.id}`}>
            Show calls
          </Menu.Item>
          {viewer.seesAudit && (
            <Menu.Item component={Link} to={`/audit?subjectId=${of.id}`}>
              Show changes
            </Menu.Item>
          )}
          {mayChange && <Menu.Divider />}
          {mayChange &&
            kind.changes
              .filter(({ isFor }) => isFor?.(of) !== false)
              .map((change) => (
                <Menu.Item
                  key={change.label}
                  color={change.question || change.label === 'Block' ? 'red' : undefined}
                  onClick={() => (change.question ? setAsked(change) : void make(change))}
                >
                  {change.label}
                </Menu.Item>
              ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked?.label ?? ''}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          <Text>{asked?.question?.(of)}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsked(null)} data-autofocus>
              Cancel
            </Button>
            <Button color="red" loading={isRunning} onClick={() => asked && void make(asked)}>
              {asked?.label}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
