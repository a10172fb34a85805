import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { everything } from '../../simulators/bitrix/control/everything.cts';
import { addUserField } from '../../simulators/bitrix/crm/addUserField.cts';
import { makeBench, startSimulator, type Platform } from '../../simulators/kernel/simulator.cts';
import { CHECK_STRING, objectHook, WEBHOOK_ID } from '../MoySklad/webhookBench.cts';
import { CheckBench, locator } from './checkBench.cts';

const codesOf = (findings: IDataObject[]): string[] => [...new Set(findings.map(({ code }) => String(code)))].sort();

describe('Sync Check', () => {
	let bench: CheckBench;
	beforeEach(async () => (bench = await CheckBench.open()));
	afterEach(async () => await bench.close());

	it('R209: finds nothing in a sound shop, and changes nothing', async () => {
		// When a webhook was saved last changes, since an own one is saved as it is: only so the tariff is to be seen.
		const state = (): unknown => [bench.hooks.hooks().map((hook) => ({ ...hook, updated: null })), structuredClone(everything(bench.bitrix.portal))];
		const before = state();
		expect(codesOf(await bench.runAll())).toEqual([]);
		expect(state()).toEqual(before);
		const [summary] = await bench.runAll({ checkFormat: 'summary' });
		expect(summary).toMatchObject({ ready: true, findings: [] });
		expect(summary?.facts).toContainEqual({ area: 'moySklad', what: 'production', value: false });
		expect(String(summary?.html)).toContain('<h1>Ready</h1>');
	});

	it('R209, R210: finds all of twenty faults in one run', async () => {
		const { account, hooks, bitrix, trigger } = bench;
		const [create, update] = hooks.hooks();
		const own = String(update?.url);
		account.settings.checkMinPrice = true;
		account.settings.paidTariff = false;
		account.setAttributes('customerorder', [{ id: '00000000-0000-4000-8000-00000000a001', entity: 'customerorder', name: 'Source', type: 'string', required: true, show: true }]);
		bench.putHook({ ...create, enabled: false });
		hooks.add(objectHook('customerorder', 'UPDATE', own.replace(CHECK_STRING, 'unknown-string-0123456789')));
		hooks.add(objectHook('customerorder', 'DELETE', own.replace(CHECK_STRING, 'previous-string-0123456789')));
		hooks.add(objectHook('product', 'UPDATE', `https://clone.example.com/webhook/${WEBHOOK_ID}/moysklad?instance=0123456789ab&check=${CHECK_STRING}`));
		trigger.broken = 502;
		bitrix.portal.inventory = 'Y';
		bitrix.clock.advance(300_000);
		const [property] = bitrix.portal.store.properties.all();
		if (property) property.isRequired = 'Y';
		const sound = await bench.sound();
		const { row } = sound.statusMap as { row: object[] };
		const findings = await bench.runAll(
			{ profiles: ['base', 'shipments'], organizations: locator('00000000-0000-4000-8000-000000000000'), catalogs: locator(''), statusMap: { row: row.slice(0, 1) as never }, options: { egressService: bitrix.url } },
			{ webhook: bitrix.webhooks.catalogOnly, password: 'wrong', timezone: 'Asia/Yekaterinburg' },
		);
		expect(codesOf(findings)).toEqual([
			'CHECK_CHOICE_GONE',
			'CHECK_CLOCK',
			'CHECK_EGRESS_UNKNOWN',
			'CHECK_INVENTORY',
			'CHECK_MOYSKLAD_MINIMUM_PRICE',
			'CHECK_NOT_CHOSEN',
			'CHECK_REQUIRED_ATTRIBUTE',
			'CHECK_REQUIRED_PROPERTY',
			'CHECK_SCOPE',
			'CHECK_STATE_UNMAPPED',
			'CHECK_TIME_ZONE',
			'EXCHANGE_LOGIN',
			'WEBHOOK_CHECK_STRING_OLD',
			'WEBHOOK_CHECK_STRING_UNKNOWN',
			'WEBHOOK_DISABLED',
			'WEBHOOK_DUPLICATE',
			'WEBHOOK_MISSING',
			'WEBHOOK_OTHER_ADDRESS',
			'WEBHOOK_TARIFF',
			'WEBHOOK_UNREACHABLE',
		]);
	});

	it('R217, R248, N5: finds all of the faults of rights, maps, dates and of n8n itself in one run', async () => {
		const { bitrix } = bench;
		const choices = await bench.run({ operation: 'getChoices', parts: ['moySklad', 'bitrix'] });
		const of = (list: string): string => String(choices.find((entry) => entry.list === list)?.id);
		const pair = (left: string, right: string): INodeParameters => ({ row: [{ left: locator(of(left)), right: locator(of(right)) }] });
		bitrix.exchange.site.settings.fileLimit = 50_000;
		const findings = await bench.runAll(
			{
				flows: ['catalog', 'stock'],
				priceTypeMap: pair('moySkladPriceTypes', 'bitrixPriceTypes'),
				storeMap: pair('moySkladStores', 'bitrixStores'),
				n8n: { version: '2.6.4', queueMode: true, inbox: 'dataTable', metrics: bitrix.url, tables: JSON.stringify([{ name: 'msbx_flows', bytes: 150 * 1024 * 1024 }]) },
				options: { exchangeTerms: true, bitrixEnds: '2020-01-01', moySkladEnds: new Date(Date.now() + 5 * 86_400_000).toISOString() },
			},
			{ user: 'editor' },
		);
		expect(codesOf(findings)).toEqual([
			'CHECK_EXCHANGE_LIMIT',
			'CHECK_EXPIRED',
			'CHECK_EXPIRES_SOON',
			'CHECK_INBOX_MISSING',
			'CHECK_METRICS_UNREAD',
			'CHECK_MOYSKLAD_NOT_ADMIN',
			'CHECK_MOYSKLAD_RIGHT',
			'CHECK_N8N_OLD',
			'CHECK_PRICE_TYPE_UNMAPPED',
			'CHECK_QUEUE_INBOX',
			'CHECK_RIGHTS_EXCESS',
			'CHECK_SCOPES_EXCESS',
			'CHECK_STORE_UNMAPPED',
			'CHECK_TABLES_FULL',
			'WEBHOOK_NO_ADMIN',
		]);
		const told = (code: string): string => String(findings.find((finding) => finding.code === code)?.message);
		expect(told('CHECK_SCOPES_EXCESS')).toContain('sale');
		expect(told('CHECK_RIGHTS_EXCESS')).toContain('delete');
	});

	it('R209: finds what has to be filled where a flow makes it, and nothing of it where none does', async () => {
		const { account, bitrix: { portal } } = bench;
		const asks = (entity: string, name: string, last: string): void => account.setAttributes(entity, [{ id: `00000000-0000-4000-8000-00000000b0${last}`, entity, name, type: 'string', required: true, show: true }]);
		asks('product', 'Brand', '01');
		asks('invoiceout', 'Basis', '02');
		asks('counterparty', 'Loyalty Card', '03');
		for (const row of portal.store.orderProperties.all()) if (['PHONE', 'LOCATION', 'FAX'].includes(row.code)) row.required = 'Y';
		const fax = portal.store.orderProperties.all().find(({ code }) => code === 'FAX');
		if (fax) fax.defaultValue = 'none';
		const field = (entity: string, name: string, label: string): unknown => addUserField(portal, entity, { fieldName: name, userTypeId: 'string', mandatory: 'Y', label, list: [] });
		field('CRM_DEAL', 'UF_CRM_REASON', 'Reason');
		field('CRM_CONTACT', 'UF_CRM_CARD', 'Loyalty Card');
		const told = async (...flows: string[]): Promise<string[]> => (await bench.runAll({ flows })).filter(({ code }) => String(code).startsWith('CHECK_REQUIRED')).map(({ message }) => String(message)).sort();
		expect(await told('progress', 'crm', 'documents', 'newGoods')).toEqual([
			'The additional field “Basis” of invoiceout is required in MoySklad',
			'The additional field “Brand” of product is required in MoySklad',
			'The field “Reason (UF_CRM_REASON)” of a deal in Bitrix is required and has no default',
			'The order property “Местоположение” of the payer type “Физическое лицо” is required and has no default',
			'The order property “Местоположение” of the payer type “Юридическое лицо” is required and has no default',
		]);
		expect(await told('stock')).toEqual([]);
		expect(await told('orders')).toEqual(['The additional field “Loyalty Card” of counterparty is required in MoySklad']);
	});

	it('R217: finds what writing needs, as far as it can be seen without writing', async () => {
		const { bitrix } = bench;
		bitrix.portal.switches.missingMethods = ['^crm\\.deal\\.update$', '^catalog\\.price\\.add$'];
		const before = structuredClone(everything(bitrix.portal));
		const findings = await bench.runAll({ flows: ['catalog', 'stock', 'progress', 'crm'] }, { webhook: bitrix.webhooks.editor });
		const told = (code: string): string[] => findings.filter((finding) => finding.code === code).map(({ message }) => String(message));
		expect(told('CHECK_METHOD')).toEqual(['This Bitrix has no method catalog.price.add', 'This Bitrix has no method crm.deal.update']);
		expect(told('CHECK_WRITE_ADMIN').join()).toMatch(/catalog\.product\.add, catalog\.product\.update, catalog\.section\.add, sale\.order\.update$/);
		expect(told('CHECK_WRITE_UNSEEN').join()).toMatch(/to change the sale price of goods; to add deals; to add contacts/);
		expect(everything(bitrix.portal)).toEqual(before);
		bitrix.portal.inventory = 'Y';
		// Another webhook: what the mode was is believed for minutes.
		const [unseen] = (await bench.runAll({ flows: ['stock'] }, { webhook: bitrix.webhooks.manager })).filter(({ code }) => code === 'CHECK_WRITE_UNSEEN');
		expect(unseen?.message).toMatch(/to make and edit inventory documents; to conduct inventory documents/);
	});

	it('finds what reading really needs: a user without rights to anything, a report of stock, a group of the exchange', async () => {
		const { password } = bench.bitrix.exchange;
		const findings = await bench.runAll({}, { user: 'clerk', webhook: bench.bitrix.webhooks.guest, login: 'editor', password: `${password}-editor` });
		const of = (area: string): string[] => findings.filter((finding) => finding.area === area).map(({ code, message }) => `${String(code)} ${String(message)}`);
		expect(of('bitrix').filter((line) => line.startsWith('BITRIX_NO_RIGHT')).join()).toMatch(/sale\.order\.list/);
		expect(of('moySklad').join()).toContain('stock');
		expect(of('exchange')).toHaveLength(2);
	});

	it('R242, R248: tells versions and modes, of n8n by its metrics, and which side is no production', async () => {
		const metrics: Platform = {
			name: 'metrics',
			route: ({ path }) => path,
			answer: async () => ({ status: 200, headers: {}, body: 'n8n_version_info{version="v2.41.1",major="2",minor="41",patch="1"} 1\nn8n_scaling_mode_queue_jobs_waiting 0\n' }),
			refusal: () => ({ status: 500, headers: {}, body: '' }),
		};
		const server = await startSimulator(metrics, makeBench(1));
		try {
			const told = await bench.runAll({ checkFormat: 'facts', n8n: { metrics: `${server.url}/metrics`, inbox: 'postgresql' } });
			expect(told.filter(({ code }) => code !== 'CHECK_SEEN')).toEqual([]);
			const facts = told.map(({ area, what, value }) => `${String(area)} ${String(what)} ${String(value)}`);
			expect(facts).toEqual(expect.arrayContaining(['n8n version 2.41.1', 'n8n queueMode true', 'n8n inbox postgresql', 'moySklad version JSON API 1.2', 'moySklad production false', 'bitrix production false']));
			const [summary] = await bench.runAll({ checkFormat: 'summary' });
			expect(String(summary?.html)).toContain('MoySklad: simulator or test site');
		} finally {
			await server.close();
		}
	});

	it('R210: a site that lets nobody in is one finding, and the rest is looked at', async () => {
		const findings = await bench.runAll({}, { password: 'wrong' });
		expect(codesOf(findings)).toEqual(['EXCHANGE_LOGIN']);
	});

	it('R210: a base URL without a scheme is a finding of MoySklad, and the other sides are looked at', async () => {
		const { inventory } = bench.bitrix.portal;
		bench.bitrix.portal.inventory = 'Y';
		const parameters = { ...(await bench.sound()), statusMap: {} };
		const findings = await bench.runAll(parameters, { moySklad: { baseUrl: 'api.moysklad.ru/api/remap/1.2' }, password: 'wrong' });
		expect(inventory).not.toBe('Y');
		expect(codesOf(findings)).toEqual(['CHECK_INVENTORY', 'EXCHANGE_LOGIN', 'MOYSKLAD_BASE_URL_INVALID']);
		expect(findings.filter(({ area }) => area === 'moySklad')).toHaveLength(1);
	});

	it.each([
		['bitrix1cExchangeApi', ['exchange']],
		['bitrixWebhookApi', ['bitrix']],
		['moySkladApi', ['moySklad', 'webhooks']],
	])('R210: a deleted credential %s is a finding of its side, and the others are looked at', async (deleted, areas) => {
		const findings = await bench.runAll({ n8n: { version: '2.6.4' } }, { deleted: [deleted] });
		expect(codesOf(findings)).toEqual(['CHECK_N8N_OLD', 'N8N_REFUSED']);
		expect(findings.filter(({ code }) => code === 'N8N_REFUSED').map(({ area }) => area)).toEqual(areas);
	});

	it('R071: finds on the first day that MoySklad cannot reach this n8n, whatever the account answers', async () => {
		for (const { id, type } of bench.hooks.hooks()) bench.account.table(type).remove({ id, type });
		const told = async (parameters: INodeParameters, moySklad = {}): Promise<string[]> =>
			(await bench.runAll({ triggerUrl: '', ...parameters }, { moySklad, editor: 'https://n8n.example.com/' })).filter(({ area }) => area === 'address').map(({ severity, code }) => `${String(severity)} ${String(code)}`);
		// A simulator reaches what is on its own machine.
		expect(await told({})).toEqual([]);
		// Refused before anything is sent: nothing of MoySklad itself is called.
		const real = { baseUrl: 'https://api.moysklad.ru/api/remap/1.2', token: 'токен' };
		expect(await told({}, real)).toEqual(['error WEBHOOK_ADDRESS_LOCAL', 'warning WEBHOOK_NOT_HTTPS']);
		expect(await told({ options: { publicBaseUrl: 'http://n8n.example.com' } }, real)).toEqual(['warning WEBHOOK_NOT_HTTPS']);
		const [summary] = await bench.runAll({ triggerUrl: '', parts: ['bitrix'], checkFormat: 'summary' });
		expect(String(summary?.html)).toContain('<h2>Public address</h2><div style="background:#f0f0f0;padding:8px 12px">Nothing of it was looked at.');
	});

	describe('takes the pairs as the wizard keeps them', () => {
		const told = async (keptPairs: unknown, more: INodeParameters = {}): Promise<string[]> => codesOf(await bench.runAll({ statusMap: {}, options: { keptPairs } as INodeParameters, ...more }));
		/** Every state with a status and the other way round. */
		async function statuses(): Promise<Array<{ from: string; to: string }>> {
			const { row } = (await bench.sound()).statusMap as { row: Array<Record<'left' | 'right', { value: string }>> };
			return row.map(({ left, right }) => ({ from: left.value, fromName: 'as in the list', to: right.value }));
		}

		it('R209: and finds nothing where they are whole', async () => expect(await told({ statuses: await statuses(), sitePriceTypes: [] })).toEqual([]));

		it('R209: and finds what they leave out and what is gone', async () => {
			const [pair] = await statuses();
			const priceTypes = bench.bitrix.portal.store.priceTypes.all().slice(0, 1).map(({ id }) => ({ from: bench.account.priceTypes[0]?.id, to: id }));
			expect(await told(JSON.stringify({ statuses: [pair, { from: 'gone', to: pair?.to }], priceTypes, stores: [] }))).toEqual(['CHECK_CHOICE_GONE', 'CHECK_PRICE_TYPE_UNMAPPED', 'CHECK_STATE_UNMAPPED', 'CHECK_STATUS_UNMAPPED']);
		});

		it('and says where they are none', async () => expect(await told({ statuses: 'Done' })).toEqual(['CHECK_PAIRS_UNREAD']));

		it('and lets rows of the node count before them', async () => {
			const pairs = await statuses();
			const row = pairs.slice(0, 1).map(({ from, to }) => ({ left: locator(from), right: locator(to) }));
			expect(await told({ statuses: pairs }, { statusMap: { row } })).toEqual(['CHECK_STATE_UNMAPPED', 'CHECK_STATUS_UNMAPPED']);
		});
	});

	it('R155: suggests maps by names', async () => {
		const pairs = await bench.run({ operation: 'suggestMaps', parts: ['moySklad', 'bitrix'] });
		expect(pairs.length).toBeGreaterThan(0);
		for (const { left, right } of pairs as Array<{ left: IDataObject; right: IDataObject }>) expect([left.id, right.id].every(Boolean)).toBe(true);
	});

	it.each(['suggestMaps', 'getChoices'])('says with %s what could not be read, and gives the rest', async (operation) => {
		const items = await bench.run({ operation, parts: ['moySklad', 'bitrix'] }, { deleted: ['bitrixWebhookApi'] });
		expect(items.flatMap(({ failure }) => (failure ? [(failure as IDataObject).code] : []))).toEqual(['N8N_REFUSED']);
		expect(items.some(({ list }) => list === 'organizations')).toBe(operation === 'getChoices');
	});

	it('gives every live list as items', async () => {
		const entries = await bench.run({ operation: 'getChoices', parts: ['moySklad', 'bitrix'] });
		expect(entries.every(({ failure }) => failure === undefined)).toBe(true);
		expect(new Set(entries.map(({ list }) => list))).toEqual(
			new Set(['organizations', 'moySkladStores', 'moySkladPriceTypes', 'orderStates', 'units', 'salesChannels', 'catalogs', 'bitrixStores', 'bitrixPriceTypes', 'measures', 'orderStatuses', 'payerTypes', 'paySystems', 'deliveries']),
		);
	});
});
