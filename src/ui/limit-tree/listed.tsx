import { Button, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { NoteRow, WaitingRow } from './tree-row';

interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

interface ListedProps<Node> {
  readonly level: number;
  readonly of: Connection<Node> | undefined;
  readonly error: CombinedError | undefined;
  readonly empty?: string;
  readonly render: (node: Node) => ReactNode;
  /** The page after this one, below it. */
  readonly next: (after: string) => ReactNode;
}

/** A page of rows beneath a branch, and the pages after it as they are asked for. */
export function Listed<Node>({ level, of, error, empty, render, next }: ListedProps<Node>) {
  const [isLonger, setIsLonger] = useState(false);
  if (error)
    return (
      <NoteRow level={level}>
        <Text size="sm" role="alert">
          {error.graphQLErrors[0]?.message ?? 'The server did not answer.'}
        </Text>
      </NoteRow>
    );
  if (!of) return <WaitingRow level={level} />;
  const { hasNextPage, endCursor } = of.pageInfo;
  return (
    <>
      {of.nodes.length === 0 && empty !== undefined && (
        <NoteRow level={level}>
          <Text size="sm" className="quiet">
            {empty}
          </Text>
        </NoteRow>
      )}
      {of.nodes.map(render)}
      {hasNextPage && endCursor != null && !isLonger && (
        <NoteRow level={level}>
          <Button size="compact-sm" variant="default" onClick={() => setIsLonger(true)}>
            Show more
          </Button>
        </NoteRow>
      )}
      {isLonger && endCursor != null && next(endCursor)}
    </>
  );
}
