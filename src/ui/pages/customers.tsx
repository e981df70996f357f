import { Text } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { HolderTable } from '../components/holder-table';
import { Page } from '../components/page';
import { CustomersDocument } from '../generated/operations';
import { usePages } from '../lib/use-pages';

/** End users of the applications: they are made by their first call. */
export default function Customers() {
  const pages = usePages();
  const [search, setSearch] = useState('');
  const filter = search === '' ? null : { search };
  const [{ data, error }] = useQuery({
    query: CustomersDocument,
    variables: { filter, first: 20, after: pages.after },
  });
  return (
    <Page title="Customers">
      <Text className="quiet" size="sm">
        End users of your applications, known from the field `user` of their calls.
      </Text>
      <HolderTable
        label="Customers"
        rows={data?.customers.nodes}
        error={error}
        pages={pages}
        pageInfo={data?.customers.pageInfo}
        onSearch={setSearch}
        columns={[
          { name: 'Customer', render: ({ alias, externalId }) => alias ?? externalId },
          { name: 'Organization', render: ({ organization }) => organization?.name ?? '' },
        ]}
      />
    </Page>
  );
}
