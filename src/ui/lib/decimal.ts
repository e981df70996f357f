/** The exact sum of two decimal texts, as amounts are never made numbers of. */
export function add(one: string, other: string): string {
  const places = Math.max(placesOf(one), placesOf(other));
  const sum = scaled(one, places) + scaled(other, places);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const text = places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
  return sum < 0n ? `-${text}` : text;
}

const placesOf = (text: string) => text.split('.')[1]?.length ?? 0;

function scaled(text: string, places: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}
