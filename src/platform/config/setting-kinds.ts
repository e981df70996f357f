import { isIP } from 'node:net';
import { isTimezoneName } from '../../domain/limits/timezone';
import { err, ok, type Result } from '../../domain/result';

/** A kind of value: how it is written and read. The error continues "NAME …" and never repeats a secret. */
export interface Kind<T> {
  readonly type: string;
  readonly parse: (text: string) => Result<T, string>;
}

export const text: Kind<string> = { type: 'text', parse: (value) => ok(value) };

/** Text that no message repeats. */
export const secret: Kind<string> = { type: 'secret', parse: (value) => ok(value) };

const YES = new Set(['true', '1', 'yes', 'on']);
const NO = new Set(['false', '0', 'no', 'off']);

export const boolean: Kind<boolean> = {
  type: 'true or false',
  parse: (value) => {
    const word = value.toLowerCase();
    if (YES.has(word)) return ok(true);
    return NO.has(word) ? ok(false) : err(`is "${value}"; write true or false`);
  },
};

export function integer(min: number, max: number): Kind<number> {
  return {
    type: `whole number, ${min} to ${max}`,
    parse: (value) => {
      const number = Number(value);
      const isWhole = /^\d+$/.test(value);
      return isWhole && number >= min && number <= max
        ? ok(number)
        : err(`is "${value}"; write a whole number from ${min} to ${max}`);
    },
  };
}

export function choice<const T extends string>(...values: readonly T[]): Kind<T> {
  return {
    type: values.join(' | '),
    parse: (value) => {
      const found = values.find((each) => each === value.toLowerCase());
      return found === undefined ? err(`is "${value}"; write one of ${values.join(', ')}`) : ok(found);
    },
  };
}

/** An address, which may hold a password and is therefore not repeated in messages. */
export function url(...protocols: readonly string[]): Kind<string> {
  const shapes = protocols.map((protocol) => `${protocol}//…`).join(' or ');
  return {
    type: `URL (${shapes})`,
    parse: (value) => {
      // What follows a # is no part of an address: it is the rest of a password that holds one.
      if (!URL.canParse(value) || value.includes('#')) {
        return err(`is not a URL (${shapes}); signs such as @ : / # in a password must be percent-encoded`);
      }
      return protocols.includes(new URL(value).protocol) ? ok(value) : err(`must start with ${shapes}`);
    },
  };
}

/** Names separated by commas; `check` says what is wrong with one. */
export function list(type: string, check: (item: string) => string | undefined): Kind<readonly string[]> {
  return {
    type: `${type}, comma-separated`,
    parse: (value) => {
      const items = value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
      const wrong = items.map(check).find((message) => message !== undefined);
      return wrong === undefined ? ok(items) : err(wrong);
    },
  };
}

export const addresses = list('IP addresses or CIDR ranges', (item) => {
  const [address = '', bits, rest] = item.split('/');
  const version = isIP(address);
  const maxBits = version === 4 ? 32 : 128;
  const isRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= maxBits);
  if (version !== 0 && isRange && rest === undefined) return undefined;
  return `holds "${item}", which is no IP address or range such as 10.0.0.0/8`;
});

export const origins = list('origins or *', (item) => {
  if (item === '*') return undefined;
  const isOrigin = URL.canParse(item) && new URL(item).origin === item;
  return isOrigin ? undefined : `holds "${item}", which is no origin such as https://admin.example.com`;
});

/** Who can be told of booked calls, beside Prometheus. */
export const CALLBACKS: readonly string[] = ['langfuse', 'otel'];

export const callbacks = list(CALLBACKS.join(' or '), (item) =>
  CALLBACKS.includes(item) ? undefined : `names "${item}"; write ${CALLBACKS.join(' or ')}`,
);

export const timezone: Kind<string> = {
  type: 'IANA time zone',
  parse: (value) =>
    isTimezoneName(value) ? ok(value) : err(`is "${value}", which is no IANA time zone such as Europe/Rome`),
};
