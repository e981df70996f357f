import { join } from 'node:path';
import { ESLint } from 'eslint';

const ROOT = join(__dirname, '../..');
const RULE = 'amounts/exact';

/** The rule that keeps floats out of money is itself looked at, as the lint of the repository applies it. */
describe('the lint rule amounts/exact', () => {
  const eslint = new ESLint({ cwd: ROOT });

  async function found(statement: string): Promise<number> {
    const text = `import { Decimal } from '../money/rate';\nimport type { Money } from '../money/money';\nexport function probe(amount: Money, rate: Decimal, count: number): unknown {\n  ${statement}\n}\n`;
    const [result] = await eslint.lintText(text, {
      filePath: join(ROOT, 'src/domain/pricing/round-parts.ts'),
    });
    return result?.messages.filter(({ ruleId }) => ruleId === RULE).length ?? -1;
  }

  it.each([
    'return Number(amount);',
    'return rate.toNumber();',
    'return Number(rate);',
    'return Math.round(Number(amount) / 2);',
    'return new Decimal(0.1);',
    'return rate.times(0.5);',
    'return rate.times(count / 3);',
    'return BigInt(count / 2);',
  ])('refuses: %s', async (statement) => {
    expect(await found(statement)).toBeGreaterThan(0);
  });

  it.each([
    'return rate.times(count);',
    "return new Decimal('0.1');",
    'return amount * 2n;',
    'return BigInt(count + 1);',
    'return Math.max(count, 2);',
  ])('lets through: %s', async (statement) => {
    expect(await found(statement)).toBe(0);
  });
});
