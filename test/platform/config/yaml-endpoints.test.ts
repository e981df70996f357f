import { Problems } from '../../../src/platform/config/problems';
import { parseYamlConfig } from '../../../src/platform/config/yaml-config';

function errorsOf(yaml: string): readonly string[] {
  const problems = new Problems();
  parseYamlConfig(yaml, {}, problems);
  return problems.errors;
}

describe('configuration file', () => {
  const endpoint = (members: string): string =>
    `general_settings:\n  pass_through_endpoints:\n    - {${members}}`;

  it.each([
    ['target: "https://a.example"', /path must be a path such as \/v1\/search/],
    ['path: search, target: "https://a.example"', /path must be a path such as/],
    ['path: "/a/*", target: "https://a.example"', /path must be a path such as/],
    ['path: /a/../b, target: "https://a.example"', /path must be a path such as/],
    ['path: /a', /target must be an address such as/],
    ['path: /a, target: "ftp://a.example"', /target must start with http/],
    ['path: /a, target: "https://a.example", auth: false', /auth cannot be false: .* charged to nobody/],
    ['path: /a, target: "https://a.example", methods: [GET, FETCH]', /methods must be a list of any of GET/],
    ['path: /a, target: "https://a.example", methods: []', /methods must be a list of any of GET/],
    ['path: /a, target: "https://a.example", cost_per_request: 0.1.2', /cost_per_request is no/],
    ['path: /a, target: "https://a.example", headers: {"a b": c}', /headers\.a b is no name of a header/],
    ['path: /a, target: "https://a.example", headers: {a: "b\\nc"}', /headers\.a has a line break/],
    ['path: /a, target: "https://a.example", cost_per_reqest: 1', /Did you mean cost_per_request\?/],
  ])('refuses a pass-through endpoint of %s', (members, expected) => {
    const errors = errorsOf(endpoint(members));
    expect(errors).toContainEqual(expect.stringMatching(expected));
    expect(errors.join()).toMatch(/line 3/);
  });

  it('refuses two pass-through endpoints of one path', () => {
    const line = '- {path: /a, target: "https://a.example"}';
    const errors = errorsOf(`general_settings:\n  pass_through_endpoints:\n    ${line}\n    ${line}`);
    expect(errors).toEqual([expect.stringMatching(/path \/a at line 3 and at line 4/)]);
  });
});
