import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { MADE_FOR_N8N } from '../../scripts/setup/cacheFolder.cjs';
import { packageOfN8n } from '../n8n/cachedN8n.cts';
import { composeServices, composeVariables, DEPLOY, type Service } from './compose.cts';

const PROCESSES = ['main', 'webhook', 'worker'];
const GIVEN = { N8N_HOST: 'n8n.shop.example', N8N_ENCRYPTION_KEY: 'k3y', POSTGRES_PASSWORD: 'pg', REDIS_PASSWORD: 'rd' };

const fileOf = (name: string): string => readFileSync(path.join(DEPLOY, name), 'utf8');

/** Files of n8n in which settings are declared by a decorator, or read directly. */
function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.js'))
		.map((file) => path.join(folder, file));
}

function knownToN8n(): Set<string> {
	const files = [
		...filesBelow(path.join(packageOfN8n('@n8n/config'), 'dist')),
		...filesBelow(path.join(packageOfN8n('n8n-core'), 'dist')),
		...filesBelow(path.join(packageOfN8n('n8n'), 'dist')),
	];
	const declared = /\bEnv\)?\('([A-Z0-9_]+)'|process\.env\.([A-Z0-9_]+)/g;
	return new Set(files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(declared)].map(([, decorated, read]) => (decorated ?? read) as string)));
}

interface Read {
	mode: string;
	database: { type: string; postgresdb: { host: string; password: string; poolSize: number } };
	redis: { host: string; password: string };
	engine: string;
	endpoints: Record<string, unknown>;
	saveOnSuccess: string;
	complaints: string[];
}

/** What n8n's own configuration makes of an environment. */
async function readByN8n(environment: Record<string, string>): Promise<Read> {
	const program = `
		const complaints = [];
		console.warn = (text) => complaints.push(text);
		require('reflect-metadata');
		const { GlobalConfig } = require('@n8n/config');
		const { Container } = require('@n8n/di');
		const { executions, database, queue, expressionEngine, endpoints } = Container.get(GlobalConfig);
		console.log(JSON.stringify({
			mode: executions.mode, saveOnSuccess: executions.saveDataOnSuccess, database, redis: queue.bull.redis,
			engine: expressionEngine.engine, endpoints, complaints,
		}));`;
	const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], {
		cwd: packageOfN8n('n8n'),
		env: { PATH: process.env.PATH, ...environment },
	});
	return JSON.parse(stdout) as Read;
}

describe('deploy/', () => {
	const services = composeServices(GIVEN);
	const service = (name: string): Service => services[name] as Service;
	const environmentOf = (name: string): Record<string, string> => service(name).environment as Record<string, string>;

	it('has main, webhook processes, workers, what they need, and a proxy, all of them watched', () => {
		expect(Object.keys(services).sort()).toEqual(['main', 'postgres', 'proxy', 'redis', 'webhook', 'worker']);
		for (const name of Object.keys(services)) expect([name, service(name).healthcheck?.test.length]).toEqual([name, expect.any(Number)]);
	});

	it('runs one image with the package in every process, in the version that the tests run', () => {
		const images = PROCESSES.map((name) => service(name).image);
		expect(new Set(images)).toEqual(new Set([`n8n-moysklad-bitrix:${MADE_FOR_N8N}`]));
		expect(fileOf('Dockerfile')).toContain(`ARG N8N_VERSION=${MADE_FOR_N8N}`);
		expect(PROCESSES.map((name) => service(name).command)).toEqual(['start', 'webhook', 'worker --concurrency=10']);
	});

	it('starts webhook processes and workers only when main has made the tables', () => {
		expect(service('webhook').depends_on).toEqual({ main: { condition: 'service_healthy' } });
		expect(service('worker').depends_on).toEqual({ main: { condition: 'service_healthy' } });
		expect(Object.keys(service('main').depends_on ?? {})).toEqual(['postgres', 'redis']);
	});

	it('sets nothing that this n8n does not know', () => {
		const known = knownToN8n();
		const strange = PROCESSES.flatMap((name) => Object.keys(environmentOf(name))).filter((variable) => !known.has(variable));
		expect(strange).toEqual([]);
	});

	it('is read by n8n as it is meant', async () => {
		const [main, webhook, worker] = (await Promise.all(PROCESSES.map(async (name) => await readByN8n(environmentOf(name))))) as [Read, Read, Read];
		for (const read of [main, webhook, worker]) {
			expect(read.complaints).toEqual([]);
			expect(read).toMatchObject({
				mode: 'queue',
				saveOnSuccess: 'none',
				database: { type: 'postgresdb', postgresdb: { host: 'postgres', password: GIVEN.POSTGRES_PASSWORD } },
				redis: { host: 'redis', password: GIVEN.REDIS_PASSWORD },
				endpoints: { disableProductionWebhooksOnMainProcess: true },
			});
		}
		expect([main.engine, webhook.engine, worker.engine]).toEqual(['vm', 'legacy', 'vm']);
	});

	it('sends every production address of n8n to the webhook processes', async () => {
		const { endpoints } = await readByN8n(environmentOf('webhook'));
		const paths = ['webhook', 'webhookWaiting', 'form', 'formWaiting', 'mcp'].map((name) => `/${String(endpoints[name])}/*`);
		expect(/@production path (.+)/.exec(fileOf('Caddyfile'))?.[1]?.split(' ').sort()).toEqual(paths.sort());
	});

	it('asks for its secrets, and its example names all that can be set', () => {
		const example = [...fileOf('.env.example').matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name as string);
		expect(example.sort()).toEqual(composeVariables());
		for (const secret of ['N8N_HOST', 'N8N_ENCRYPTION_KEY', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD'])
			expect(() => composeServices({ ...GIVEN, [secret]: '' })).toThrow(`${secret} is missing`);
	});
});
