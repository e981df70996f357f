/**
 * The id of a thing that is known by two ids: `first/second`. A slash in the first is written %2F (and a percent sign
 * %25), since "a/b" with "c" and "a" with "b/c" would otherwise share one limit.
 */
export function pairedId(first: string, second: string): string {
  return `${first.replaceAll('%', '%25').replaceAll('/', '%2F')}/${second}`;
}

/** The first id of a pair, as `pairedId` wrote it. */
export function firstOfPair(id: string): string {
  return id.slice(0, id.indexOf('/')).replaceAll('%2F', '/').replaceAll('%25', '%');
}

/** The second id of a pair. */
export function secondOfPair(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}
