/** One answer of the API. */
export interface GraphqlAnswer<Data> {
  readonly data: Data | null;
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}

/** GraphQL over real HTTP with one credential. */
export class GraphqlClient {
  constructor(
    private readonly url: string,
    private readonly secret: string | null,
  ) {}

  async raw<Data = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<GraphqlAnswer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.secret === null ? {} : { authorization: `Bearer ${this.secret}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphqlAnswer<Data>;
  }

  /** The data of an operation that must succeed. */
  async ask<Data = Record<string, never>>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Data> {
    const answer = await this.raw<Data>(query, variables);
    if (answer.errors || answer.data === null) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  }

  /** A mutation whose payload must have no userErrors. */
  async do<Payload>(
    name: string,
    inputType: string,
    input: Record<string, unknown>,
    selection: string,
  ): Promise<Payload> {
    const query = `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${selection} userErrors { code message field } } }`;
    const data = await this.ask<Record<string, Payload & { userErrors: unknown[] }>>(query, { input });
    const payload = data[name];
    if (!payload || payload.userErrors.length > 0) throw new Error(JSON.stringify(payload?.userErrors));
    return payload;
  }

  /** A virtual key, and its secret, which is told this once. */
  createKey(input: Record<string, unknown> = {}): Promise<{ secret: string; key: { id: string } }> {
    return this.do('createKey', 'CreateKeyInput', input, 'secret key { id }');
  }
}
