import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';

const SCRIPT = path.join(repositoryRoot(), 'scripts', 'setup', 'cacheFolder.cjs');

describe('The cache of a user', () => {
	const folder = (env: NodeJS.ProcessEnv): string =>
		execFileSync(process.execPath, ['-p', `require(${JSON.stringify(SCRIPT)}).cacheFolder()`], { env, cwd: path.dirname(SCRIPT), encoding: 'utf8' }).trim();
	const { HOME: _home, XDG_CACHE_HOME: _cache, ...others } = process.env;

	it.each([
		['empty', { HOME: '' }],
		['missing', {}],
	])('lies in the home folder when HOME is %s', (_what, home) => {
		expect(folder({ ...others, ...home }).startsWith(`${userInfo().homedir}${path.sep}`)).toBe(true);
	});

	it('lies where XDG_CACHE_HOME says', () => {
		expect(folder({ ...others, XDG_CACHE_HOME: path.join(path.sep, 'elsewhere') })).toBe(path.join(path.sep, 'elsewhere', 'n8n-nodes-moysklad-bitrix'));
	});
});
