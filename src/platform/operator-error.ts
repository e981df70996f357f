/** What only the operator can put right; the message says why and what to do, and is shown as it is, without a stack. */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError';
}
