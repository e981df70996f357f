import { ActionIcon, Badge, Button, Group, Loader, Stack, Table, Text } from '@mantine/core';
import { ChevronDownIcon, ChevronRightIcon } from '@primer/octicons-react';
import type { KeyboardEvent } from 'react';
import { BudgetBar } from '../components/budget-bar';
import type { BudgetFragment } from '../generated/operations';
import { windowOf } from '../lib/limit-name';

const INDENT_PX = 24;

interface TreeRowProps {
  readonly level: number;
  readonly name: string;
  /** "Team". */
  readonly kind: string;
  /** Null for what is no scope, but holds some. */
  readonly limits: readonly BudgetFragment[] | null;
  readonly onOpen: (limitId: string) => void;
  /** Whether it stands open; null for what has nothing beneath it. */
  readonly isOpen: boolean | null;
  readonly onToggle?: () => void;
}

/** One scope of the tree, with each limit that is set on it. */
export function TreeRow({ level, name, kind, limits, onOpen, isOpen, onToggle }: TreeRowProps) {
  return (
    <Table.Tr aria-level={level} {...(isOpen === null ? {} : { 'aria-expanded': isOpen })}>
      <Table.Td w="32%" style={{ paddingLeft: 8 + (level - 1) * INDENT_PX, verticalAlign: 'top' }}>
        <Group gap={6} wrap="nowrap">
          {isOpen === null ? (
            <span style={{ width: 28 }} />
          ) : (
            <ActionIcon
              variant="subtle"
              color="gray"
              data-toggle
              aria-expanded={isOpen}
              aria-label={`${isOpen ? 'Close' : 'Open'} ${name}`}
              onClick={onToggle}
              onKeyDown={(event) => steer(event, isOpen, onToggle)}
            >
              {isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />}
            </ActionIcon>
          )}
          <div>
            <Text size="sm" fw={level < 3 ? 600 : 400}>
              {name}
            </Text>
            <Text size="xs" className="quiet">
              {kind}
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td>
        {limits === null ? null : limits.length === 0 ? (
          <Text size="sm" className="quiet" py={6}>
            no limit of its own
          </Text>
        ) : (
          <Stack gap="xs">
            {limits.map((limit) => (
              <LimitLine key={limit.id} limit={limit} of={name} onOpen={onOpen} />
            ))}
          </Stack>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function LimitLine({
  limit,
  of,
  onOpen,
}: {
  readonly limit: BudgetFragment;
  readonly of: string;
  readonly onOpen: (limitId: string) => void;
}) {
  return (
    <Group gap="md" wrap="nowrap" align="center">
      <Text size="sm" w={90} style={{ flexShrink: 0 }}>
        {windowOf(limit)}
      </Text>
      <div style={{ flex: 1, minWidth: 220 }}>
        <BudgetBar limit={limit} />
      </div>
      {limit.mode === 'OBSERVE' && (
        <Badge variant="outline" color="gray" className="badge">
          observes
        </Badge>
      )}
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Open the limit of ${of}, ${windowOf(limit)}`}
        onClick={() => onOpen(limit.id)}
        style={{ flexShrink: 0 }}
      >
        Open
      </Button>
    </Group>
  );
}

/** Right opens, left closes, up and down go on to the next that can be opened. */
function steer(event: KeyboardEvent<HTMLElement>, isOpen: boolean, onToggle: (() => void) | undefined): void {
  const { key, currentTarget } = event;
  if ((key === 'ArrowRight' && !isOpen) || (key === 'ArrowLeft' && isOpen)) onToggle?.();
  else if (key === 'ArrowDown' || key === 'ArrowUp') {
    const all = [...(currentTarget.closest('table')?.querySelectorAll<HTMLElement>('[data-toggle]') ?? [])];
    all[all.indexOf(currentTarget) + (key === 'ArrowDown' ? 1 : -1)]?.focus();
  } else return;
  event.preventDefault();
}

/** Stands where rows will be. */
export function WaitingRow({ level }: { readonly level: number }) {
  return (
    <NoteRow level={level}>
      <Loader size="xs" aria-label="Loading" aria-busy="true" />
    </NoteRow>
  );
}

export function NoteRow({ level, children }: { readonly level: number; readonly children: React.ReactNode }) {
  return (
    <Table.Tr aria-level={level}>
      <Table.Td colSpan={2} style={{ paddingLeft: 42 + (level - 1) * INDENT_PX }}>
        {children}
      </Table.Td>
    </Table.Tr>
  );
}
