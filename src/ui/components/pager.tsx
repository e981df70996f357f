import { Button, Group, Text } from '@mantine/core';
import type { Pages } from '../lib/use-pages';

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor?: string | null;
}

export function Pager({
  pages,
  pageInfo,
}: {
  readonly pages: Pages;
  readonly pageInfo: PageInfo | undefined;
}) {
  if (pages.number === 1 && !pageInfo?.hasNextPage) return null;
  return (
    <Group justify="flex-end" gap="sm">
      <Text size="sm" className="quiet">
        Page {pages.number}
      </Text>
      <Button variant="default" size="xs" disabled={pages.number === 1} onClick={pages.back}>
        Back
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={!pageInfo?.hasNextPage}
        onClick={() => pages.next(pageInfo?.endCursor)}
      >
        Next
      </Button>
    </Group>
  );
}
