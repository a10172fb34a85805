import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Bitrix1cExchangeApi } from '../../../credentials/Bitrix1cExchangeApi.credentials';
import { exchangeKey, openExchange, openQueries, withExchange, type ExchangeSettings } from '../../../nodes/shared/bitrixExchange';
import { toNodeError, toReport } from '../../../nodes/shared/errors';
import { ExchangeSession, OrderQuery, transfer } from '../../../transport';
import { PROBE, ProbeEngine, type Probing } from '../../n8n/probe.cts';
import type { WorkflowRun } from '../../n8n/runs.cts';
import type { CallableWorkflow } from '../../n8n/subWorkflows.cts';
import { basic } from '../../simulators/bitrix/exchangeClient.cts';
import type { BitrixOptions } from '../../simulators/bitrix/options.cts';
import { startBitrix, type RunningBitrix } from '../../simulators/bitrix/start.cts';
import { fileOf, goodsXml, packed } from '../../transport/exchange/exchangeBench.cts';
import { LockTable, lockWorkflow } from './lockWorkflow.cts';

const ALONE: ExchangeSettings = { onlyProcess: true, waitMilliseconds: 0 };
const LOCKED: ExchangeSettings = { onlyProcess: false, lockWorkflow: 'lock', waitMilliseconds: 0 };

let engine: ProbeEngine;
let bitrix: RunningBitrix;
beforeAll(async () => (engine = await ProbeEngine.with(new Bitrix1cExchangeApi(), ['n8n-nodes-base'])), 60_000);
afterEach(async () => await bitrix.close());
const open = async (options: BitrixOptions = {}): Promise<void> => void (bitrix = await startBitrix({ edition: 'site', ...options, exchange: { zip: false, ...options.exchange } }));

interface Running {
	siteAddress?: string;
	password?: string;
	table?: LockTable;
	signal?: AbortSignal;
	/** Default: the one of the templates. */
	lock?: CallableWorkflow;
}

/** Runs something in a node that has the credential; gives what it gave, or the report of its error. */
async function inNode(work: (context: IExecuteFunctions) => Promise<IDataObject>, { siteAddress = bitrix.url, password = bitrix.exchange.password, table, signal, lock = lockWorkflow }: Running = {}): Promise<{ json?: IDataObject; run: WorkflowRun }> {
	const probing: Probing = async (context) => {
		try {
			return [[{ json: await work(context) }]];
		} catch (error) {
			return [[{ json: { error: { ...toReport(error) }, shown: inspect(toNodeError(context.getNode(), error), { depth: 8 }), whole: inspect(error, { depth: 12 }) } }]];
		}
	};
	engine.does(probing);
	const run = await engine.runWorkflow({
		workflow: { id: 'main', nodes: [{ id: 'p', name: 'Probe', type: PROBE, typeVersion: 1, position: [0, 0], parameters: {}, credentials: { bitrix1cExchangeApi: { id: 'c', name: 'bitrix1cExchangeApi' } } }], connections: {} },
		start: 'Probe',
		workflows: { lock },
		credentials: { bitrix1cExchangeApi: { siteAddress, login: bitrix.exchange.login, password } },
		signal,
		more: table?.proxy,
	});
	return { json: run.runsOf('Probe')[0]?.json()[0], run };
}

const codeOf = async (work: (context: IExecuteFunctions) => Promise<IDataObject>, running?: Running): Promise<unknown> => ((await inNode(work, running)).json?.error as { code?: string } | undefined)?.code;

describe('An exchange from a node', () => {
	it.each([false, true])('carries goods over, with n8n’s own means (zip: %s)', async (zip) => {
		await open({ exchange: { zip, fileLimit: 3000 } });
		const xml = goodsXml(100);
		const { json } = await inNode(async (context) =>
			await withExchange(context, ALONE, async (connection) => {
				const session = await ExchangeSession.open(connection, 'catalog');
				const { parts, bytes } = await transfer(session, { files: [fileOf('import.xml', xml)], documents: ['import.xml'], pack: packed });
				return { parts, bytes };
			}),
		);
		expect(json?.error).toBeUndefined();
		expect(bitrix.exchange.site.uploads).toMatchObject({ calls: json?.parts, aboveLimit: 0 });
		expect(bitrix.portal.store.elements.all().filter(({ xmlId }) => xmlId?.startsWith('good-'))).toHaveLength(100);
	});

	it.each<[string, object, string, string]>([
		['a wrong password', {}, 'EXCHANGE_LOGIN', 'wrong'],
		['a login page', { badLogin: 200 }, 'EXCHANGE_NO_ACCESS', 'wrong'],
		['a login page with status 401', { badLogin: 401 }, 'EXCHANGE_NO_ACCESS', 'wrong'],
		['a login page with status 403', { badLogin: 403 }, 'EXCHANGE_NO_ACCESS', 'wrong'],
		['an ended licence', { licenceExpired: true }, 'EXCHANGE_LICENCE', ''],
		['no group', { saleGroups: [7], catalogGroups: [7] }, 'EXCHANGE_NO_RIGHT', ''],
		['no module', { modules: [] }, 'EXCHANGE_MODULE_MISSING', ''],
	])('fails with a code for %s, without secrets anywhere', async (_name, exchange, code, password) => {
		await open({ exchange });
		const running = password === '' ? {} : { password: 'Pa55-w0rd-wrong' };
		const { json } = await inNode(async (context) => await withExchange(context, ALONE, async (connection) => ({ type: (await ExchangeSession.open(connection, 'sale', '3.1')).type })), running);
		expect(json?.error).toMatchObject({ code });
		for (const secret of [bitrix.exchange.password, 'Pa55-w0rd-wrong', basic(bitrix.exchange.login, 'Pa55-w0rd-wrong').slice(6)]) {
			expect(JSON.stringify(json?.error)).not.toContain(secret);
			expect(json?.shown).not.toContain(secret);
			expect(json?.whole).not.toContain(secret);
		}
	});

	it('fails with a code at a Bitrix24 of the cloud, which has no such exchange', async () => {
		await open({ edition: 'cloud' });
		expect(await codeOf(async (context) => await withExchange(context, ALONE, async (connection) => ({ type: (await ExchangeSession.open(connection, 'sale', '3.1')).type })))).toBe('EXCHANGE_PATH');
	});

	it.each([
		['https://this-host-does-not-exist.invalid', 'CONNECTION_DNS'],
		['http://127.0.0.1:9', 'CONNECTION_FAILED'],
		['not an address', 'EXCHANGE_ADDRESS'],
	])('fails with a code at %s', async (siteAddress, code) => {
		await open();
		const { json } = await inNode(async (context) => await withExchange(context, { ...ALONE, timeoutMilliseconds: 3000 }, async (connection) => ({ type: (await ExchangeSession.open({ ...connection, clock: { now: () => Date.now(), sleep: async () => await Promise.resolve() } }, 'sale', '3.1')).type })), { siteAddress });
		expect(json?.error).toMatchObject({ code });
		expect(json?.whole).not.toContain(basic(bitrix.exchange.login, bitrix.exchange.password).slice(6));
	});

	it('fails with a code where the certificate is not trusted', async () => {
		await open({ https: true });
		expect(await codeOf(async (context) => await withExchange(context, ALONE, async (connection) => ({ type: (await ExchangeSession.open(connection, 'sale', '3.1')).type })))).toBe('CONNECTION_TLS');
	});

	describe('with a server that does not play by the rules', () => {
		let server: Server;
		beforeEach(async () => await open());
		afterEach(() => {
			server.closeAllConnections();
			server.close();
		});
		const against = async (answer: (write: (bytes: string) => boolean, end: () => void) => void, timeoutMilliseconds = 5000): Promise<unknown> => {
			server = createServer((_request, response) => {
				response.writeHead(200, { 'content-type': 'text/html' });
				answer((bytes) => response.write(bytes), () => void response.end());
			});
			await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
			const siteAddress = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
			return await codeOf(async (context) => await withExchange(context, { ...ALONE, timeoutMilliseconds }, async (connection) => {
				const impatient = { now: () => Date.now(), sleep: async () => await Promise.resolve() };
				return { type: (await ExchangeSession.open({ ...connection, clock: impatient }, 'sale', '3.1')).type };
			}), { siteAddress });
		};

		it('an answer that never ends is not taken in', async () => {
			let sent = 0;
			const code = await against((write) => {
				const pour = (): void => {
					while (sent < 200_000_000 && write('a'.repeat(65_536))) sent += 65_536;
					if (sent < 200_000_000 && server.listening) setImmediate(pour);
				};
				pour();
			});
			expect(code).toBe('ANSWER_TOO_LARGE');
			expect(sent).toBeLessThan(50_000_000);
		});

		it('an answer that begins and goes no further is waited for no longer than the time limit', async () => {
			expect(await against((write) => void write('succ'), 400)).toBe('CONNECTION_TIMEOUT');
		});
	});

	it('ends when the execution is stopped', async () => {
		await open({ exchange: { stepMilliseconds: 200 } });
		const stop = new AbortController();
		const { json, run } = await inNode(
			async (context) =>
				await withExchange(context, ALONE, async (connection) => {
					const session = await ExchangeSession.open(connection, 'catalog');
					await transfer(session, { files: [fileOf('import.xml', goodsXml(1))], documents: ['import.xml'] }, ({ stage }) => {
						if (stage === 'import') stop.abort();
					});
					return {};
				}),
			{ signal: stop.signal },
		);
		expect(json === undefined ? run.status : (json.error as { code: string }).code).toMatch(/^(canceled|STOPPED)$/);
		const calls = bitrix.counters.snapshot().calls;
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(bitrix.counters.snapshot().calls).toBe(calls);
	});
});

describe('The lock of a node', () => {
	const nothing = async (context: IExecuteFunctions, settings: ExchangeSettings): Promise<IDataObject> => await withExchange(context, settings, async () => await Promise.resolve({ done: true }));
	const rowFor = (more: object = {}): { flow: string; owner: string; leaseUntil: number } => ({ flow: `exchange ${new URL(bitrix.url).host}`, owner: '', leaseUntil: 0, ...more });

	it('must be there, or the user must state that there is one process', async () => {
		await open();
		expect(await codeOf(async (context) => await nothing(context, { onlyProcess: false }))).toBe('EXCHANGE_NO_LOCK');
		expect((await inNode(async (context) => await nothing(context, ALONE))).json).toEqual({ done: true });
	});

	it('is taken and given back by a workflow with a Data Table', async () => {
		await open();
		const table = new LockTable([rowFor(), { flow: 'other', owner: '', leaseUntil: 0 }]);
		const other = { ...table.rows[1] };
		let during: object | undefined;
		const { json } = await inNode(async (context) => await withExchange(context, LOCKED, async () => {
			during = { ...table.rows[0] };
			return await Promise.resolve({ done: true });
		}), { table });
		expect(json).toEqual({ done: true });
		expect(during).toMatchObject({ owner: '(execution)' });
		expect((during as { leaseUntil: number }).leaseUntil).toBeGreaterThan(Date.now() + 10 * 60_000);
		expect(table.rows[0]).toMatchObject({ leaseUntil: 0 });
		expect(table.rows[1]).toEqual(other);
	});

	it('keeps a run away while another process has it, and lets it in when that lease is over', async () => {
		await open();
		const table = new LockTable([rowFor({ owner: 'another', leaseUntil: Date.now() + 60_000 })]);
		expect(await codeOf(async (context) => await nothing(context, LOCKED), { table })).toBe('EXCHANGE_BUSY');
		expect(bitrix.counters.snapshot().calls).toBe(0);
		Object.assign(table.rows[0] ?? {}, { leaseUntil: Date.now() - 1 });
		expect((await inNode(async (context) => await nothing(context, LOCKED), { table })).json).toEqual({ done: true });
	});

	it('of a run with a longer number is not prolonged', async () => {
		await open();
		const table = new LockTable([rowFor()]);
		const code = await codeOf(async (context) => await withExchange(context, LOCKED, async (connection) => {
			Object.assign(table.rows[0] ?? {}, { owner: '(1execution)', leaseUntil: Date.now() + 60_000 });
			const late = { now: () => Date.now() + 60 * 60_000, sleep: async () => await Promise.resolve() };
			Object.assign((connection.hold as unknown as { settings: object }).settings, { clock: late });
			return { type: (await ExchangeSession.open(connection, 'catalog')).type };
		}), { table });
		expect(code).toBe('EXCHANGE_LOCK_LOST');
		expect(bitrix.counters.snapshot().calls).toBe(0);
	});

	it('is no right when the table has no row for the site', async () => {
		await open();
		expect(await codeOf(async (context) => await nothing(context, LOCKED), { table: new LockTable([]) })).toBe('EXCHANGE_BUSY');
	});

	it('is no right when the workflow only gives back what it got', async () => {
		await open();
		const lock = { ...lockWorkflow, nodes: lockWorkflow.nodes.slice(0, 1), connections: {} };
		expect(await codeOf(async (context) => await nothing(context, LOCKED), { lock })).toBe('EXCHANGE_LOCK_UNREADABLE');
	});

	it('is no right when the workflow fails', async () => {
		await open();
		const lock = { ...lockWorkflow, nodes: lockWorkflow.nodes.slice(0, 1) };
		const { json } = await inNode(async (context) => await nothing(context, LOCKED), { lock });
		expect(json?.error).toMatchObject({ code: 'EXCHANGE_LOCK_FAILED', retryable: true, message: 'The Lock Workflow failed: Destination node not found' });
		expect(bitrix.counters.snapshot().calls).toBe(0);
	});

	it('is one for a run: a second node of it goes in, and another run does not', async () => {
		await open();
		const result = await inNode(async (context) => await withExchange(context, ALONE, async () => {
			const inner = await openExchange(context, ALONE);
			await inner.hold.release();
			return await Promise.resolve({ inner: true });
		}));
		expect(result.json).toEqual({ inner: true });
	});
});

describe('Orders that one node reads and another one confirms', () => {
	it('stay with their session in the process; no secret of it is in an item', async () => {
		await open({ orders: 5 });
		const first = await inNode(async (context) => {
			const connection = await openExchange(context, ALONE);
			const query = await OrderQuery.start(connection);
			let pages = 0;
			while (await query.next()) pages += 1;
			openQueries().put(await exchangeKey(context), { query, hold: connection.hold });
			return { pages };
		});
		expect(first.json).toEqual({ pages: 1 });
		const second = await inNode(async (context) => {
			const kept = openQueries().take(await exchangeKey(context));
			if (!kept) return { kept: false };
			const connection = await openExchange(context, ALONE);
			kept.query.goOnWith(connection);
			await kept.query.confirm();
			await kept.hold.release();
			return { kept: true };
		});
		expect(second.json).toEqual({ kept: true });
		expect(bitrix.counters.snapshot().routes['1c_exchange sale success']?.statuses).toEqual({ 200: 1 });
		expect((await inNode(async (context) => ({ kept: openQueries().take(await exchangeKey(context)) !== undefined }))).json).toEqual({ kept: false });
	});
});
