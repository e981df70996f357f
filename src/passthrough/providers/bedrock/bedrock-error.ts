import type { ErrorBody, WireError } from '../wire-error';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors */
const TYPES: Readonly<Record<number, string>> = {
  401: 'UnrecognizedClientException',
  402: 'ServiceQuotaExceededException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  409: 'ConflictException',
  413: 'ValidationException',
  422: 'ValidationException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailableException',
  504: 'ModelTimeoutException',
};
const QUOTA_STATUS = 400;

/** AWS's SDKs read the kind of an error from a header; the body has its message, and here also what programs may want. */
export function bedrockErrorBody({ message, type, code, param, details }: WireError): ErrorBody {
  return { message, code: code ?? type, ...(param !== undefined && { param }), ...(details && { details }) };
}

export function bedrockErrorHeaders(error: WireError): Readonly<Record<string, string>> {
  return { 'x-amzn-errortype': bedrockErrorType(error) };
}

export function bedrockErrorType(error: WireError): string {
  if (isExhausted(error)) return 'ServiceQuotaExceededException';
  return TYPES[error.status] ?? (error.status >= 500 ? 'InternalServerException' : 'ValidationException');
}

/** AWS's SDKs ask again after every 429. A budget that is used up is what AWS calls a quota, which it answers 400. */
export function bedrockRefusalStatus(error: WireError): number {
  return isExhausted(error) ? QUOTA_STATUS : error.status;
}

function isExhausted({ status, details }: WireError): boolean {
  return status === 429 && details?.['retryable'] === false;
}
