import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isPrivateAddress } from './private-address';

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** The name of an upstream resolved to an address inside the operator's network. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  readonly code = 'EPRIVATEADDRESS';
}

/**
 * A `lookup` for sockets that answers public addresses only. The socket connects to what was checked, so a name that
 * changes its address between check and connection gains nothing.
 */
export function guardedLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, '');
      return;
    }
    const allowed = addresses.filter((each) => !isPrivateAddress(each.address));
    const [first] = allowed;
    if (!first) callback(new PrivateAddressError(`${hostname} leads to a private address`), '');
    else if (options.all === true) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
}
