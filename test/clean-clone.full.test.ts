import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Newcomer } from './support/newcomer';

const isRoot = process.getuid?.() === 0;
const users = isRoot ? ['root', 'an unprivileged user'] : ['the user at hand'];

function missing(): string | null {
  if (!existsSync(resolve(__dirname, '..', '.git'))) return 'this copy has no git history to clone';
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'curl is not installed, so the printed command cannot be pasted';
  }
}

const reason = missing();
if (reason !== null) console.warn(`The clean clone is not tried: ${reason}.`);

(reason === null ? describe : describe.skip).each(users)('a clean clone, as %s', (user) => {
  let newcomer: Newcomer;
  let firstCommand: string;

  beforeAll(async () => {
    newcomer = await Newcomer.arrive(user === 'an unprivileged user');
  });

  afterAll(() => newcomer.leave());

  it('installs, starts, answers the command that it prints with a cost, and stops without a trace', async () => {
    const install = await newcomer.paste('npm ci');
    expect(install).toMatchObject({ code: 0 });

    firstCommand = await newcomer.start();
    const pasted = await newcomer.paste(firstCommand);
    expect(pasted).toMatchObject({ code: 0 });
    const answer = await newcomer.lastAnswer();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-litellm-response-cost')).toMatch(/^\d+([.]\d+)?(e-\d+)?$/);

    const stopped = await newcomer.stop();
    expect(stopped).toMatchObject({ code: 0 });
    expect(await newcomer.leftBehind()).toEqual([]);
  });

  it('starts again with the same key on the same data', async () => {
    const command = await newcomer.start();
    expect(command).toBe(firstCommand);
    expect(await newcomer.paste(command)).toMatchObject({ code: 0 });
    expect((await newcomer.lastAnswer()).status).toBe(200);
    expect(await newcomer.stop()).toMatchObject({ code: 0 });
  });
});
