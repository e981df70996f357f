/** A `fetch` for SDKs that counts the HTTP requests that they really make. */
export function countingFetch(): { fetch: typeof fetch; count(): number } {
  let made = 0;
  return {
    fetch: (input, init) => {
      made++;
      return fetch(input, init);
    },
    count: () => made,
  };
}
