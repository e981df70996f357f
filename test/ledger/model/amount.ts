/** Amounts of the model: whole 1e-12ths, as the ledger has them, with an arithmetic of the model's own. */
const PLACES = 12;
const SCALE = 10n ** BigInt(PLACES);

/** A whole number as an amount. */
export function whole(count: number): bigint {
  return BigInt(count) * SCALE;
}

/** Decimal text without an exponent, such as "-1.5", as an amount. */
export function amountOfText(text: string): bigint {
  const [, sign = '', digits = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  if (digits === '') throw new Error(`"${text}" is not an amount`);
  const amount = BigInt(digits) * SCALE + BigInt(fraction.padEnd(PLACES, '0'));
  return sign === '-' ? -amount : amount;
}

/** The decimal text of an amount that is not negative. */
export function textOfAmount(amount: bigint): string {
  const fraction = (amount % SCALE).toString().padStart(PLACES, '0').replace(/0+$/, '');
  return fraction === '' ? `${amount / SCALE}` : `${amount / SCALE}.${fraction}`;
}
