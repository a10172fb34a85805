import { transfer, type TransferResult } from '../../../transport';
import type { FaultKind } from '../../simulators/kernel/faults.cts';
import { control } from '../../simulators/bitrix/restClient';
import { ExchangeBench, failureOf, fileOf, goodsXml, packed } from './exchangeBench.cts';

describe('A transfer over a bad line', () => {
	let bench: ExchangeBench;
	const open = async (exchange = {}, seed = 1): Promise<void> =>
		void (bench = await ExchangeBench.open({ bitrix: { seed, exchange: { fileLimit: 4000, ...exchange } }, connection: { timeoutMilliseconds: 300 } }));
	afterEach(async () => await bench.close());

	const names = (): string[] => bench.bitrix.portal.store.elements.all().map(({ xmlId }) => xmlId ?? '').filter((xmlId) => xmlId.startsWith('good-'));
	const send = async (count = 60): Promise<TransferResult> =>
		await transfer(await bench.session(), { files: [fileOf('import.xml', goodsXml(count))], documents: ['import.xml'], pack: packed });
	const fault = (kind: FaultKind, route: string, times = 1): void => bench.bitrix.faults.set([{ kind, share: 1, route, times, milliseconds: 1500 }]);

	/** The parts that were sent between one `init` and the next. */
	const attempts = (): string[][] => {
		const sent: string[][] = [];
		for (const { url, body } of bench.requests) {
			if (url.includes('mode=init')) sent.push([]);
			if (url.includes('mode=file')) sent.at(-1)?.push(Buffer.from(body as Uint8Array).toString('latin1'));
		}
		return sent;
	};

	it.each([1, 2, 3, 4, 5, 6])('with a tenth of all calls failing in every way ends with each good once (seed %i)', async (seed) => {
		await open({ stepRows: 10, zip: seed % 2 === 0 }, seed);
		const kinds: FaultKind[] = ['rateLimit', 'serverError', 'unavailable', 'html', 'cut', 'reset', 'hang', 'hangAfter'];
		bench.bitrix.faults.set(kinds.map((kind) => ({ kind, share: 0.1 / kinds.length, milliseconds: 600 })));
		const result = await send();
		expect(names()).toHaveLength(60);
		expect(new Set(names()).size).toBe(60);
		expect(result.documents.map(({ name }) => name)).toEqual(['import.xml']);
		for (const parts of attempts()) expect(new Set(parts).size).toBe(parts.length);
	}, 60_000);

	it.each<FaultKind>(['serverError', 'unavailable', 'html', 'cut', 'reset', 'hang', 'hangAfter'])('sends no part twice after “%s”: it begins anew', async (kind) => {
		await open();
		fault(kind, 'catalog file');
		const result = await send();
		expect(result.restarts).toBe(1);
		expect(bench.calls('init')).toBe(2);
		const [broken = [], whole = []] = attempts();
		expect(broken).toHaveLength(1);
		expect(new Set(whole).size).toBe(result.parts);
		expect(names()).toHaveLength(60);
	});

	it('sends a part again that was refused before PHP had a say', async () => {
		await open();
		fault('rateLimit', 'catalog file', 2);
		expect((await send()).restarts).toBe(0);
		expect(bench.calls('init')).toBe(1);
		expect(names()).toHaveLength(60);
	});

	it.each(['prepare', 'read'])('begins anew when PHP dies while it does “%s”: rows would be there twice', async (step) => {
		await open();
		bench.site.crash = { step, times: 1 };
		const result = await send();
		expect(result.restarts).toBe(1);
		expect(bench.calls('init')).toBe(2);
		expect(names()).toHaveLength(60);
	});

	it.each(['elements', 'element clean-up'])('calls again when PHP dies while it does “%s”', async (step) => {
		await open({ stepRows: 10 });
		bench.site.crash = { step, times: 2 };
		const result = await send();
		expect(result.restarts).toBe(0);
		expect(bench.calls('init')).toBe(1);
		expect(bench.site.steps.read).toBe(1);
		expect(names()).toHaveLength(60);
	});

	it('imports a document that has reached its end not again when a later one begins anew', async () => {
		await open();
		let crashed = false;
		const files = [fileOf('one.xml', goodsXml(5)), fileOf('two.xml', goodsXml(5, { name: 'Новый' }))];
		const result = await transfer(await bench.session(), { files, documents: ['one.xml', 'two.xml'] }, ({ stage, file }) => {
			if (stage !== 'import' || file !== 'two.xml' || crashed) return;
			crashed = true;
			bench.site.crash = { step: 'read', times: 1 };
		});
		expect(result.restarts).toBe(1);
		expect(result.documents.map(({ name }) => name)).toEqual(['one.xml', 'two.xml']);
		expect(bench.requests.filter(({ url }) => url.includes('mode=import&filename=one.xml'))).toHaveLength(result.documents[0]?.calls ?? 0);
		expect(bench.site.steps.finish).toBe(2);
		expect(names()).toHaveLength(5);
	});

	it('begins anew rather than calling a third time: the import may have ended and begun again', async () => {
		await open({ stepRows: 10 });
		bench.site.crash = { step: 'elements', times: 3 };
		expect((await send()).restarts).toBe(1);
		expect(names()).toHaveLength(60);
	});

	it('does not call again in the reading of a second pass, which begins when the answer of the last step was lost', async () => {
		await open();
		fault('hangAfter', 'nothing');
		const session = await bench.session();
		const { send: line } = session.connection;
		let ended = false;
		session.connection.send = async (request) => {
			const response = await line(request);
			if (!request.url.includes('mode=import') || ended) return response;
			if (!new TextDecoder().decode(response.body).startsWith('success')) return response;
			ended = true;
			bench.site.crash = { step: 'read', times: 1 };
			throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
		};
		const result = await transfer(session, { files: [fileOf('import.xml', goodsXml(3))], documents: ['import.xml'] });
		expect(ended).toBe(true);
		expect(result.restarts).toBe(1);
		expect(names()).toHaveLength(3);
	});

	it('waits behind a step that goes on after the time limit of the client, even while the file is read', async () => {
		await open();
		const session = await bench.session();
		const { send: line } = session.connection;
		let imports = 0;
		let late = 0;
		session.connection.send = async (request) => {
			if (!request.url.includes('mode=import')) return await line(request);
			imports += 1;
			bench.site.settings.stepMilliseconds = imports === 2 ? 450 : 0;
			return await line(request).catch((error: unknown) => {
				late += 1;
				throw error;
			});
		};
		const result = await transfer(session, { files: [fileOf('import.xml', goodsXml(5))], documents: ['import.xml'] });
		expect(result.restarts).toBe(0);
		expect(bench.site.steps.read).toBe(1);
		expect(late).toBe(1);
		expect(names()).toHaveLength(5);
	});

	it('gives up on steps that never end within the time limit, however often they are waited for', async () => {
		await open();
		const session = await bench.session();
		fault('hang', 'catalog import', 1000);
		const error = await failureOf(transfer(session, { files: [fileOf('import.xml', goodsXml(1))], documents: ['import.xml'] }));
		expect(error).toMatchObject({ code: 'CONNECTION_TIMEOUT', retryable: true });
	}, 60_000);

	it('logs in once more when the site forgot the session, and begins anew', async () => {
		await open({ stepRows: 10 });
		const session = await bench.session();
		let expired = 0;
		const result = await transfer(session, { files: [fileOf('import.xml', goodsXml(60))], documents: ['import.xml'] }, ({ stage, calls }) => {
			if (stage === 'import' && calls === 8 && ++expired === 1) bench.site.sessions.expire();
		});
		expect(result.restarts).toBe(1);
		expect(bench.calls('checkauth')).toBe(2);
		expect(names()).toHaveLength(60);
	});

	it('logs in once more when it is forgotten during the upload', async () => {
		await open();
		let expired = 0;
		const result = await transfer(await bench.session(), { files: [fileOf('import.xml', goodsXml(200))], documents: ['import.xml'] }, ({ stage }) => {
			if (stage === 'upload' && ++expired === 2) bench.site.sessions.expire();
		});
		expect(result.restarts).toBe(1);
		expect(names()).toHaveLength(200);
	});

	it.each([
		['a wrong sessid', { checkauthLines: 5 }, 'EXCHANGE_SOURCE_CHECK'],
		['a refused login', { checkauthLines: 3 }, 'EXCHANGE_SESSION_LOST'],
		['a login page', { checkauthLines: 3, badLogin: 200 }, 'EXCHANGE_NO_ACCESS'],
		['a login page with status 401', { checkauthLines: 3, badLogin: 401 }, 'EXCHANGE_NO_ACCESS'],
	])('does not log in for ever where sessions never last, and says it with %s', async (_name, exchange, code) => {
		await open({ stepRows: 10, ...exchange });
		const session = await bench.session();
		const error = await failureOf(
			transfer(session, { files: [fileOf('import.xml', goodsXml(60))], documents: ['import.xml'] }, ({ stage }) => {
				if (stage === 'import') bench.site.sessions.expire();
			}),
		);
		expect(error).toMatchObject({ code, kind: 'auth' });
		expect(bench.calls('checkauth')).toBe(2);
	});

	it('keeps the moment of the first login for what is deactivated in the end', async () => {
		await open();
		const session = await bench.session();
		const { startedAt } = session;
		bench.bitrix.clock.advance(3_600_000);
		await session.logIn();
		expect(startedAt).toBeGreaterThan(0);
		expect(session.startedAt).toBe(startedAt);
	});

	it('gives up on a site that is down, without doing harm', async () => {
		await open();
		const session = await bench.session();
		bench.bitrix.faults.set([{ kind: 'unavailable', share: 1 }]);
		const error = await failureOf(transfer(session, { files: [fileOf('import.xml', goodsXml(5))], documents: ['import.xml'] }));
		expect(error).toMatchObject({ code: 'EXCHANGE_SERVER_ERROR', retryable: true });
		expect(names()).toEqual([]);
	});

	it('knows another exchange by the table that is gone, lets it pass once, and says so the second time', async () => {
		await open({ stepRows: 5 });
		const foreign = async (): Promise<unknown> => await control(bench.bitrix, 'POST exchange/foreign', { file: goodsXml(1, { prefix: 'foreign' }), steps: 1 });
		let times = 0;
		const session = await bench.session();
		const result = await transfer(session, { files: [fileOf('import.xml', goodsXml(60))], documents: ['import.xml'] }, ({ calls, stage }) => {
			if (stage === 'import' && calls === 9 && ++times === 1) void foreign();
		});
		expect(result.restarts).toBe(1);
		expect(bench.clock.slept).toBeGreaterThanOrEqual(60_000);
		expect(names()).toHaveLength(60);
	});
});
