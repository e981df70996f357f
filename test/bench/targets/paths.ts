import { join } from 'node:path';

/** The compiled benchmark runs from `dist/test/bench`; what is not compiled stays where it is written. */
const COMPILED = join(__dirname, '..');
export const ROOT = join(COMPILED, '..', '..', '..');
export const BENCH = join(ROOT, 'test', 'bench');
export const PEER = join(BENCH, 'peer');
export const RESULTS = join(BENCH, 'results');

export const MOCK_PROVIDER = join(COMPILED, 'mock-provider', 'main.js');
export const BARE_PROXY = join(COMPILED, 'bare-proxy', 'main.js');
export const SERVER = join(ROOT, 'dist', 'src', 'main.js');
export const COMMAND_LINE = join(ROOT, 'dist', 'src', 'cli.js');
