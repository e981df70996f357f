import { OperatorError } from '../operator-error';

/** The configuration can't be used. The message lists every problem, each with its setting or line and the remedy. */
export class ConfigError extends OperatorError {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

/** Gathers what is wrong, so that one start shows all of it, and what is only worth a warning. */
export class Problems {
  readonly errors: string[] = [];
  readonly warnings: string[] = [];

  error(message: string): void {
    this.errors.push(message);
  }

  warn(message: string): void {
    this.warnings.push(message);
  }

  throwIfAny(): void {
    if (this.errors.length > 0) throw new ConfigError(this.errors);
  }
}
