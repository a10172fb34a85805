import { Installation } from '../demo/installation.cts';
import { flowState } from '../demo/mainJob.cts';

const WITHIN_MS = 120_000;

describe('Templates 03b and 04b: the catalog, its stock and prices by the 1C exchange', () => {
	let installation: Installation;

	beforeEach(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 12, pictures: 0 } },
			bitrix: { edition: 'site', exchange: { useOffers: true } },
			settings: { '03b': { pageSize: 10 } },
		});
		for (const number of ['03b', '04b']) {
			const workflow = installation.workflow(number);
			for (const { name, parameters } of workflow.nodes) if (['Upsert Items', 'Update Prices'].includes(name)) Object.assign(parameters, pricesOf(installation));
			await installation.api.update(workflow);
		}
		// A workflow that was not published cannot be called as the keeper of its own lock.
		await installation.publish('03b', '04b');
	});
	afterEach(async () => await installation?.stop());

	/** All price types of the site get the first price of MoySklad. */
	const pricesOf = ({ bitrix, moySklad }: Installation): object => {
		const [product] = moySklad.account.table('product').all() as Array<{ salePrices?: Array<{ priceType: { id?: string; name?: string } }> }>;
		const type = product?.salePrices?.[0]?.priceType;
		const { priceTypes } = bitrix.portal.store;
		const row = priceTypes.all().map(({ id, name }) => {
			priceTypes.update(id, { xmlId: `type-${id}` });
			return { from: { __rl: true, mode: 'id', value: type?.id ?? type?.name ?? 'Цена продажи' }, id: `type-${id}`, name, currency: 'RUB' };
		});
		return { sitePriceTypes: { row }, priceTypesComplete: true };
	};

	const run = async (number: string, trigger: string): Promise<void> => {
		const { run: done } = await installation.api.run(installation.workflow(number).id, trigger, undefined, WITHIN_MS);
		if (done.error) throw done.error;
	};

	it('send everything once, and an unchanged catalog not again', async () => {
		await run('03b', 'Import Now');
		const first = await flowState(installation.api, 'catalog by exchange');
		expect(first).toMatchObject({ step: 'done', failed: 0 });
		expect(Number(first.sent)).toBeGreaterThan(12);
		const keys = installation.bitrix.portal.store.elements.all().map(({ xmlId }) => xmlId);
		expect(new Set(keys).size).toBe(keys.length);
		const missing = installation.moySklad.account.table('product').all().filter(({ archived, externalCode }) => archived !== true && !keys.includes(String(externalCode)));
		expect(missing).toEqual([]);
		installation.bitrix.counters.reset();
		await run('03b', 'Import Now');
		expect(await flowState(installation.api, 'catalog by exchange')).toMatchObject({ sent: 0, failed: 0 });
		expect(installation.bitrix.counters.snapshot().calls).toBe(0);
	});

	it('04b brings the stock of everything that was sent, and sends only differences', async () => {
		await run('03b', 'Import Now');
		await run('04b', 'Compare Now');
		const { elements } = installation.bitrix.portal.store;
		expect(elements.all().some(({ quantity }) => Number(quantity) > 0)).toBe(true);
		installation.bitrix.counters.reset();
		await run('04b', 'Compare Now');
		expect(installation.bitrix.counters.snapshot().calls).toBe(0);
	});
});
