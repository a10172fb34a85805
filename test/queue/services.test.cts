import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '../n8n/ports.cts';
import { repositoryRoot } from '../n8n/repository.cts';

const COMMAND = path.join(repositoryRoot(), 'scripts', 'test-queue.cjs');

describe('npm run test:queue', () => {
	it('says which service does not answer, and where to tell it the right place, before it does anything else', async () => {
		const [redis, database] = await freePorts(2);
		const env = { ...process.env, REDIS_URL: `redis://127.0.0.1:${redis}`, DATABASE_URL: `postgres://postgres@127.0.0.1:${database}/postgres` };
		await expect(promisify(execFile)(process.execPath, [COMMAND], { env })).rejects.toMatchObject({
			code: 1,
			stdout: '',
			stderr: `
Redis does not answer at 127.0.0.1:${redis} (ECONNREFUSED). Start one there, or set REDIS_URL to where it is.
PostgreSQL does not answer at 127.0.0.1:${database} (ECONNREFUSED). Start one there, or set DATABASE_URL to where it is.
`,
		});
	});

	it('knows an address from something else', async () => {
		const env = { ...process.env, REDIS_URL: 'somewhere' };
		await expect(promisify(execFile)(process.execPath, [COMMAND], { env })).rejects.toMatchObject({
			code: 1,
			stderr: expect.stringContaining('REDIS_URL is no address: it should look like redis://host:6379'),
		});
	});
});
