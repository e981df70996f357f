import { Button, Drawer, Stack, Table, Title } from '@mantine/core';
import { actionOf, actorOf, differencesOf, subjectOf, typeOf, type Entry } from '../lib/audit';
import { when, words } from '../lib/format';
import { Facts } from './facts';

interface AuditDrawerProps {
  readonly entry: Entry | null;
  readonly onClose: () => void;
  readonly onFollow: (name: string, value: string) => void;
}

/** One change: by whom, of what, from what to what. */
export function AuditDrawer({ entry, onClose, onFollow }: AuditDrawerProps) {
  const follow = (name: string, value: string) => {
    onFollow(name, value);
    onClose();
  };
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title="Change"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {entry && (
        <Stack>
          <Facts
            title="Who, what, when"
            facts={[
              ['When', when(entry.createdAt)],
              ['Who', actorOf(entry)],
              ['As', words(entry.actorKind)],
              ['Did', actionOf(entry)],
              ['To', `${typeOf(entry.subjectType)} ${subjectOf(entry)}`],
              ['Id', entry.subjectId ?? ''],
              ['Organization', entry.organization?.name ?? ''],
              ['From address', entry.address ?? ''],
              ['With', entry.userAgent ?? ''],
              ['Request', entry.requestId ?? ''],
            ]}
          />
          <Differences of={entry} />
          <Button.Group>
            {entry.subjectId != null && (
              <Button variant="default" size="xs" onClick={() => follow('subjectId', entry.subjectId ?? '')}>
                All changes of this
              </Button>
            )}
            {entry.requestId != null && (
              <Button variant="default" size="xs" onClick={() => follow('requestId', entry.requestId ?? '')}>
                All of this request
              </Button>
            )}
            {entry.actorId != null && (
              <Button variant="default" size="xs" onClick={() => follow('actorId', entry.actorId ?? '')}>
                All by this actor
              </Button>
            )}
          </Button.Group>
        </Stack>
      )}
    </Drawer>
  );
}

function Differences({ of }: { readonly of: Entry }) {
  const isChange = of.before != null && of.after != null;
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {isChange ? 'Changed' : of.after == null ? 'Deleted' : 'Made'}
      </Title>
      <div className="table-frame" tabIndex={0} role="region" aria-label="Differences">
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              {of.before != null && <Table.Th>Before</Table.Th>}
              {of.after != null && <Table.Th>After</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differencesOf(of).map(({ field, was, is }) => (
              <Table.Tr key={field}>
                <Table.Td>{field}</Table.Td>
                {of.before != null && (
                  <Table.Td className="wraps">
                    {was === null ? <span className="quiet">none</span> : <span className="was">{was}</span>}
                  </Table.Td>
                )}
                {of.after != null && (
                  <Table.Td className="wraps">{is ?? <span className="quiet">none</span>}</Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </div>
  );
}
