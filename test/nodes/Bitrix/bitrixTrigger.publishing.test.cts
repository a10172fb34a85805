import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';
import { PACKAGE_NAME } from '../../n8n/repository.cts';
import { EventBench, eventRow, WEBHOOK_ID } from './eventBench.cts';

describe('Bitrix Trigger', () => {
	let bench: EventBench;
	beforeAll(async () => (bench = await EventBench.start()));
	beforeEach(() => bench.reset());
	afterAll(async () => await bench.close());

	const ORDER = ['ONORDERENTITYSAVED', 'ONSALEBEFOREORDERDELETE', 'ONSALEORDERSAVED'];
	const deals = { events: { row: [eventRow('deal', ['CREATE', 'UPDATE'])] } };

	describe('of online events, when it is published', () => {
		it('registers a handler for each event of its rows, at an address that nobody can guess: three calls', async () => {
			const staticData = await bench.publish(bench.trigger());
			expect(bench.bound()).toEqual(ORDER);
			const address = `${bench.server.url}/webhook/${WEBHOOK_ID}/bitrix?instance=${String(staticData.instanceKey)}&check=`;
			for (const { url } of bench.handlers()) expect(url).toMatch(new RegExp(`^${address.replace(/[.?]/g, '\\$&')}[0-9a-f]{32}$`));
			expect(staticData).toEqual({ instanceKey: expect.stringMatching(/^[0-9a-f]{12}$/) });
			// n8n looks and makes in two steps, each of which reads what is there.
			expect(bench.calls()).toBe(3);
		});

		it('finds by address what is there, whatever it remembers: one call, no change', async () => {
			await bench.publish(bench.trigger());
			const before = bench.handlers();
			bench.bitrix.counters.reset();
			const { result, staticData } = await bench.engine.runHook('checkExists', bench.trigger());
			expect({ result, staticData }).toEqual({ result: true, staticData: { instanceKey: expect.any(String) } });
			expect(bench.handlers()).toEqual(before);
			expect(bench.calls()).toBe(1);
		});

		it('does not believe its memory when nothing is there', async () => {
			const staticData = await bench.publish(bench.trigger());
			bench.reset();
			expect((await bench.engine.runHook('checkExists', bench.trigger({}, { staticData }))).result).toBe(false);
		});

		it('makes only what is missing, and takes out what was removed from its rows', async () => {
			await bench.publish(bench.trigger());
			const { handlers } = bench.bitrix.portal.events;
			handlers.remove(handlers.all().slice(0, 1));
			const kept = bench.handlers().map(({ id }) => id);
			await bench.publish(bench.trigger());
			expect(bench.bound()).toEqual(ORDER);
			expect(bench.handlers().map(({ id }) => id)).toEqual(expect.arrayContaining(kept));
			await bench.publish(bench.trigger(deals));
			expect(bench.bound()).toEqual(['ONCRMDEALADD', 'ONCRMDEALUPDATE']);
		});

		it('takes the place of handlers whose address was made by another secret of the application', async () => {
			await bench.publish(bench.trigger());
			const before = bench.handlers()[0]?.url;
			await bench.publish(bench.trigger({}, { credentials: bench.credentials({ application: { clientSecret: 'another' } }) }));
			expect(bench.bound()).toEqual(ORDER);
			expect(bench.handlers().some(({ url }) => url === before)).toBe(false);
		});

		it('touches nothing foreign: other addresses, other instances, outgoing webhooks, offline events', async () => {
			const { handlers } = bench.bitrix.portal.events;
			const clientId = bench.bitrix.oauth.clientId;
			const foreign = [
				{ event: 'ONSALEORDERSAVED', url: 'https://shop.example.com/handler.php' },
				{ event: 'ONSALEORDERSAVED', url: `${bench.server.url}/webhook/${WEBHOOK_ID}/bitrix?instance=ffffffffffff&check=${'a'.repeat(32)}` },
				{ event: 'ONSALEORDERSAVED', url: '' },
			].map((one) => handlers.add({ ...one, clientId, user: 0, connector: '', token: undefined }));
			bench.bitrix.portal.events.addOutgoingWebhook(`${bench.server.url}/webhook/${WEBHOOK_ID}/bitrix`, ['OnSaleOrderSaved']);
			const before = bench.handlers();
			await bench.publish(bench.trigger());
			await bench.engine.runHook('delete', bench.trigger());
			expect(foreign).toHaveLength(3);
			expect(bench.handlers()).toEqual(before);
		});

		it('goes without events that only newer versions have, and says which of the others are missing', async () => {
			bench.bitrix.portal.switches.missingEvents = ['ONORDERENTITYSAVED', 'ONCRMDEALADD', 'ONCRMDEALUPDATE'];
			await bench.publish(bench.trigger());
			expect(bench.bound()).toEqual(['ONSALEBEFOREORDERDELETE', 'ONSALEORDERSAVED']);
			await expect(bench.publish(bench.trigger(deals))).rejects.toThrow(
				/does not offer these events to the application: ONCRMDEALADD, ONCRMDEALUPDATE\. Give the application the permission.*\(BITRIX_EVENT_UNAVAILABLE\)/,
			);
			expect(bench.bound()).toEqual(['ONSALEBEFOREORDERDELETE', 'ONSALEORDERSAVED']);
		});

		it('an older portal that lacks some of the events gives the others, with a finding', async () => {
			bench.bitrix.portal.switches.missingEvents = ['ONCRMDEALADD'];
			const both = { events: { row: [eventRow('order', ['SAVE', 'DELETE']), ...(deals.events as { row: object[] }).row] } };
			const { findings } = await bench.publish(bench.trigger(both as never));
			expect(bench.bound()).toEqual(['ONCRMDEALUPDATE', ...ORDER]);
			expect(findings).toEqual([expect.objectContaining({ code: 'BITRIX_EVENTS_LACKING', message: expect.stringContaining('ONCRMDEALADD') as unknown })]);
			bench.bitrix.portal.switches.missingEvents = [];
			expect(await bench.publish(bench.trigger(both as never))).not.toHaveProperty('findings');
			expect(bench.bound()).toContain('ONCRMDEALADD');
		});

		it('uses the public base address that the user entered', async () => {
			await bench.publish(bench.trigger({ publicBaseUrl: 'http://127.0.0.9:1/tools/' }));
			expect(bench.handlers()[0]?.url).toMatch(`http://127.0.0.9:1/tools/webhook/${WEBHOOK_ID}/bitrix?`);
		});

		it.each<[string, RegExp, () => object]>([
			['no rows', /BITRIX_EVENTS_NOTHING_CHOSEN/, () => ({ events: { row: [] } })],
			['no actions', /BITRIX_EVENTS_NOTHING_CHOSEN/, () => ({ events: { row: [eventRow('order', [])] } })],
			['a base address that is none', /WEBHOOK_BASE_URL_INVALID/, () => ({ publicBaseUrl: 'n8n' })],
			['an address that is too long', /BITRIX_HANDLER_URL_TOO_LONG/, () => ({ publicBaseUrl: `http://127.0.0.1/${'x'.repeat(200)}` })],
		])('says what to do with %s', async (_what, message, parameters) => {
			await expect(bench.publish(bench.trigger(parameters() as never))).rejects.toThrow(message);
			expect(bench.handlers()).toEqual([]);
		});

		it('does not register an address that a real portal cannot reach', async () => {
			const application = { oauthTokenData: { access_token: 'a', client_endpoint: 'https://shop.bitrix24.ru/rest/' } };
			const setup = bench.trigger({}, { credentials: bench.credentials({ application }) });
			await expect(bench.publish(setup)).rejects.toThrow(/cannot reach 127\.0\.0\.1.*BITRIX_HANDLER_LOCAL/);
		});
	});

	describe('of online events, when registering fails', () => {
		it('takes back what it made, and only that', async () => {
			const costs = [{ method: '^event\\.bind$', seconds: 25 }];
			const slow = await EventBench.start({ operating: { limit: 60, costs } });
			try {
				await slow.publish(slow.trigger({ events: { row: [eventRow('deal', ['CREATE'])] } }));
				const before = slow.handlers();
				// The first two of three are still within the working time of the method.
				await expect(slow.publish(slow.trigger())).rejects.toThrow(/working time.*BITRIX_OPERATING_LIMIT/);
				expect(slow.handlers()).toEqual(before);
				expect(slow.calls('batch > event.bind')).toBe(4);
			} finally {
				await slow.close();
			}
		});

		it('counts as registered what is there, although the answer to its making never arrived', async () => {
			// Two batches read, the third one binds.
			bench.bitrix.faults.set([{ kind: 'cut', share: 1, times: 1, after: 2, route: '^batch$' }]);
			await bench.publish(bench.trigger());
			expect(bench.bound()).toEqual(ORDER);
			expect(bench.bitrix.counters.snapshot().faults).toEqual({ cut: 1 });
		});

		it('says so when the user may not take handlers out', async () => {
			for (const user of bench.bitrix.portal.users) user.admin = false;
			await bench.publish(bench.trigger());
			await expect(bench.engine.runHook('delete', bench.trigger())).rejects.toThrow(/BITRIX_NO_RIGHT/);
		});
	});

	it('takes its handlers out when it is unpublished, also those of an earlier secret', async () => {
		await bench.publish(bench.trigger());
		await bench.engine.runHook('delete', bench.trigger({}, { credentials: bench.credentials({ application: { clientSecret: 'another' } }) }));
		expect(bench.handlers()).toEqual([]);
		bench.bitrix.counters.reset();
		await bench.engine.runHook('delete', bench.trigger());
		expect(bench.calls()).toBe(1);
	});

	it('has handlers of its own in a test run', async () => {
		await bench.publish(bench.trigger());
		const production = bench.handlers();
		await bench.publish(bench.trigger({}, { mode: 'manual' }));
		expect(bench.handlers()).toHaveLength(6);
		expect(bench.handlers().filter(({ url }) => url.includes('/webhook-test/'))).toHaveLength(3);
		await bench.engine.runHook('delete', bench.trigger({}, { mode: 'manual' }));
		expect(bench.handlers()).toEqual(production);
	});

	it('W1: of a clone of n8n at another address neither takes nor takes out what is production’s', async () => {
		const clone = { baseUrl: 'http://127.0.0.2:5678' };
		await bench.publish(bench.trigger());
		const production = bench.handlers();
		expect((await bench.engine.runHook('checkExists', bench.trigger({}, clone))).result).toBe(false);
		await bench.publish(bench.trigger({}, clone));
		expect(bench.handlers()).toHaveLength(6);
		await bench.engine.runHook('delete', bench.trigger({}, clone));
		expect(bench.handlers()).toEqual(production);
	});

	describe('of an outgoing webhook or of a site', () => {
		it.each(['outgoingWebhook', 'siteHandler'])('%s: calls nobody', async (source) => {
			const credentials = bench.credentials({ webhook: { applicationToken: 'x'.repeat(32) } });
			await bench.publish(bench.trigger({ source }, { credentials }));
			await bench.engine.runHook('delete', bench.trigger({ source }, { credentials }));
			expect(bench.calls()).toBe(0);
		});

		it('is not published without what proves its calls', async () => {
			await expect(bench.publish(bench.trigger({ source: 'outgoingWebhook' }))).rejects.toThrow(/no application token.*BITRIX_APPLICATION_TOKEN_MISSING/);
			const weak = bench.credentials({ site: { secret: 'x'.repeat(31) } });
			await expect(bench.publish(bench.trigger({ source: 'siteHandler' }, { credentials: weak }))).rejects.toThrow(/BITRIX_SITE_SECRET_WEAK/);
			await expect(bench.publish(bench.trigger({ source: 'siteHandler', events: { row: [] } }))).rejects.toThrow(/BITRIX_EVENTS_NOTHING_CHOSEN/);
		});
	});

	it('tells when the secret of a site is saved whether it is long enough', async () => {
		const type = bench.engine.library.getByNameAndVersion(`${PACKAGE_NAME}.bitrixTrigger`);
		const test = type.methods?.credentialTest?.testSiteSecret;
		const tested = async (secret?: string): Promise<unknown> =>
			await test?.call({} as ICredentialTestFunctions, { id: '1', name: 'Site', type: 'bitrixSiteHandlerApi', data: { secret } } as ICredentialsDecrypted);
		expect(await tested('x'.repeat(32))).toMatchObject({ status: 'OK' });
		for (const secret of ['x'.repeat(31), undefined]) expect(await tested(secret)).toMatchObject({ status: 'Error', message: expect.stringContaining('64 random letters') as string });
	});
});
