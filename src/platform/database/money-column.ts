import type { ValueTransformer } from 'typeorm';
import { formatMoney, parseMoney } from '../../domain/money/decimal-text';
import type { Money } from '../../domain/money/money';

/** numeric(38,12) <-> Money. The driver hands numeric over as text, so nothing passes through a float. */
export const moneyColumn: ValueTransformer = {
  to: (money: Money | null | undefined): string | null | undefined =>
    money === null || money === undefined ? money : formatMoney(money),
  from: (text: string | null): Money | null => (text === null ? null : moneyFromDatabase(text)),
};

export function moneyFromDatabase(text: string): Money {
  const parsed = parseMoney(text);
  if (!parsed.ok) throw new Error(`The database holds an amount that is no money: ${parsed.error}`);
  return parsed.value;
}
