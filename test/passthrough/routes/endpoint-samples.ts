import { ENDPOINT_METHODS } from '../../../src/platform/config/yaml-endpoints';
import type { RouteSample } from './route-sample';

export const ENDPOINT_PATH = '/sample/search';

/** The endpoint of the samples, in the words of the configuration file. */
export function endpointYaml(url: string): string {
  return `general_settings:
  pass_through_endpoints:
    - path: ${ENDPOINT_PATH}
      target: ${url}/search
      include_subpath: true
      cost_per_request: 0.25
`;
}

/** Sold by the request, and by nothing that a deployment or a count of tokens could limit. */
export const ENDPOINT_SAMPLES: readonly RouteSample[] = ENDPOINT_METHODS.flatMap((method) =>
  [ENDPOINT_PATH, `${ENDPOINT_PATH}/*`].map((path) => ({
    route: `${method} ${path}`,
    ...(path.endsWith('*') && { path: path.replace('*', 'deeper') }),
    endpoint: ENDPOINT_PATH,
    model: ENDPOINT_PATH,
    body: method === 'GET' ? undefined : { query: 'who?' },
    answer: (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('found');
    },
    hasNo: ['TOKENS', 'INPUT_TOKENS', 'OUTPUT_TOKENS'],
    hasNoDeployment: true,
  })),
);
