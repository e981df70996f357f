import type { CodegenConfig } from '@graphql-codegen/cli';

/** Members of a configuration of graphql-codegen. */
export declare const schema: string;
export declare const documents: string;
export declare const generates: CodegenConfig['generates'];
