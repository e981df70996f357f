import { addresses, list } from './setting-kinds';

/** Where alerts of the whole server can be told, by LiteLLM's names. */
export const ALERTING = ['slack', 'webhook', 'email'] as const;
export type AlertingName = (typeof ALERTING)[number];

export function isAlerting(name: string): name is AlertingName {
  return ALERTING.some((each) => each === name);
}

export const alerting = list(ALERTING.join(', '), (item) =>
  isAlerting(item) ? undefined : `names "${item}"; write any of ${ALERTING.join(', ')}`,
);

export const emails = list('e-mail addresses', (item) =>
  /^[^\s@]+@[^\s@]+$/.test(item) ? undefined : `holds "${item}", which is no address such as ann@example.com`,
);

export const hosts = list('host names, *.suffixes, IP addresses or CIDR ranges', (item) => {
  const isName = /^(?:\*\.)?[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i.test(item);
  if (isName && !/^[\d.]+$/.test(item)) return undefined;
  const parsed = addresses.parse(item);
  return parsed.ok ? undefined : `holds "${item}", which is no host such as hooks.internal or 10.0.0.0/8`;
});
