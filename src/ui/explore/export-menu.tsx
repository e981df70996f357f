import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { DownloadIcon } from '@primer/octicons-react';
import { useSaveFile } from '../lib/save-file';
import type { View } from './use-view';

const FILES = [
  { label: 'These sums, CSV', path: '/export/report.csv' },
  { label: 'These sums by time, CSV', path: '/export/report.csv', isByTime: true },
  { label: 'Each call, CSV', path: '/export/spend.csv' },
  { label: 'Each call, FOCUS 1.2 (CSV)', path: '/export/focus.csv' },
] as const;

/** What is shown, and the calls that it is the sum of, as files with all digits. */
export function ExportMenu({ view }: { readonly view: View }) {
  const { save, isSaving } = useSaveFile();
  const start = async (file: (typeof FILES)[number]) => {
    const problem = await save(`${file.path}?${queryOf(view, file).toString()}`);
    if (problem !== null) notifications.show({ color: 'red', title: 'Not exported', message: problem });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={isSaving} leftSection={<DownloadIcon />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FILES.map((file) => (
          <Menu.Item key={file.label} onClick={() => void start(file)}>
            {file.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function queryOf(view: View, file: (typeof FILES)[number]): URLSearchParams {
  const query = new URLSearchParams({ from: view.from, to: view.to });
  for (const [name, value] of Object.entries(view.filter))
    if (typeof value === 'string') query.set(name.replace('Id', '_id'), value);
  if (file.path === '/export/report.csv') {
    query.set('group_by', view.groupBy.join(',').toLowerCase());
    query.set('timezone', view.zone);
    if ('isByTime' in file) query.set('bucket', view.bucket.toLowerCase());
  }
  return query;
}
