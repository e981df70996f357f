import { Group, Select, TextInput } from '@mantine/core';
import { DIMENSION_OPTIONS } from '../lib/dimensions';
import { words } from '../lib/format';
import { localDay, timezone } from '../lib/range';
import { MEASURES, type View } from './use-view';

const ZONES = [timezone, 'UTC', ...Intl.supportedValuesOf('timeZone')].filter(
  (zone, index, all) => all.indexOf(zone) === index,
);

export function Controls({ view }: { readonly view: View }) {
  const [first = null, second = null] = view.groupBy;
  const by = (one: string | null, two: string | null) =>
    view.set('by', [one, two].filter((each) => each !== null).join(','));
  return (
    <Group align="end" gap="sm">
      <TextInput
        label="From"
        type="date"
        value={localDay(view.first)}
        onChange={(event) => view.set('from', event.currentTarget.value)}
      />
      <TextInput
        label="Until"
        type="date"
        value={localDay(view.last)}
        onChange={(event) => view.set('to', event.currentTarget.value)}
      />
      <Select
        label="Time zone"
        searchable
        data={ZONES}
        value={view.zone}
        onChange={(zone) => view.set('zone', zone)}
        limit={50}
        w={180}
      />
      <Select
        label="Group by"
        data={DIMENSION_OPTIONS}
        value={first}
        allowDeselect={false}
        onChange={(value) => by(value, value === second ? null : second)}
        w={145}
      />
      <Select
        label="and by"
        clearable
        placeholder="nothing"
        data={DIMENSION_OPTIONS.filter(({ value }) => value !== first)}
        value={second}
        onChange={(value) => by(first, value)}
        w={145}
      />
      <Select
        label="Chart of"
        data={MEASURES.map((value) => ({ value, label: words(value === 'requests' ? 'calls' : value) }))}
        value={view.measure}
        allowDeselect={false}
        onChange={(value) => view.set('measure', value)}
        w={110}
      />
    </Group>
  );
}
