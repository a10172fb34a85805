import type { IDataObject } from 'n8n-workflow';
import { everything } from '../../simulators/bitrix/control/everything.cts';
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

	it('R210: a site that lets nobody in is one finding, and the rest is looked at', async () => {
		const findings = await bench.runAll({}, { password: 'wrong' });
		expect(codesOf(findings)).toEqual(['EXCHANGE_LOGIN']);
	});

	it('R155: suggests maps by names', async () => {
		const pairs = await bench.run({ operation: 'suggestMaps', parts: ['moySklad', 'bitrix'] });
		expect(pairs.length).toBeGreaterThan(0);
		for (const { left, right } of pairs as Array<{ left: IDataObject; right: IDataObject }>) expect([left.id, right.id].every(Boolean)).toBe(true);
	});

	it('gives every live list as items', async () => {
		const entries = await bench.run({ operation: 'getChoices', parts: ['moySklad', 'bitrix'] });
		expect(entries.every(({ failure }) => failure === undefined)).toBe(true);
		expect(new Set(entries.map(({ list }) => list))).toEqual(
			new Set(['organizations', 'moySkladStores', 'moySkladPriceTypes', 'orderStates', 'units', 'salesChannels', 'catalogs', 'bitrixStores', 'bitrixPriceTypes', 'measures', 'orderStatuses', 'payerTypes', 'paySystems', 'deliveries']),
		);
	});
});
