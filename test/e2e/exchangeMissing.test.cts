import { sendCatalog } from '../demo/exchangeJob.cts';
import type { Installation } from '../demo/installation.cts';
import { flowState, plainProducts } from '../demo/mainJob.cts';
import { addProduct } from '../simulators/bitrix/exchangeShop.cts';
import { edit, FLOW, startCatalogByExchange } from './exchangeCatalog.cts';

const PRODUCTS = 40;

describe('Template 03b: what is archived or gone in MoySklad', () => {
	let installation: Installation;

	beforeAll(async () => {
		installation = await startCatalogByExchange(PRODUCTS, { pageSize: 100, deactivateMissing: true });
		addProduct(installation.exchangeStore, 'made-by-hand');
		await sendCatalog(installation);
	});
	afterAll(async () => await installation?.stop());

	/** The keys of what people see in the store, without those of `but`. */
	const shown = (but: unknown[] = []): string[] =>
		installation.exchangeStore.portal.store.elements.all().filter(({ active, xmlId }) => active === 'Y' && !but.includes(xmlId)).map(({ xmlId }) => xmlId);
	const keysIn = (): number => installation.exchangeStore.portal.store.elements.all().length;

	/** Products that MoySklad lets go: they are in no bundle. */
	const deletable = (): Array<Record<string, unknown>> => {
		const bundles = JSON.stringify(installation.moySklad.account.table('bundle').all());
		return plainProducts(installation.moySklad).filter(({ id }) => !bundles.includes(String(id)));
	};

	it('is hidden on the site, and nothing else is touched', async () => {
		const [archived, deleted] = deletable();
		const others = shown([archived?.externalCode, deleted?.externalCode]);
		const all = keysIn();
		await edit(installation, 'PUT', `entity/product/${String(archived?.id)}`, { archived: true });
		await edit(installation, 'DELETE', `entity/product/${String(deleted?.id)}`);
		expect((await sendCatalog(installation)).failed).toBe(0);
		expect(shown()).toEqual(others);
		expect(shown()).toContain('made-by-hand');
		expect(keysIn()).toBe(all);
		expect(await flowState(installation.api, FLOW)).toMatchObject({ step: 'done', deactivated: 2, sent: 0 });
		// What is hidden is not hidden again.
		expect(await sendCatalog(installation)).toMatchObject({ sent: 0, failed: 0, calls: 0 });
		expect(shown()).toEqual(others);
	});

	it('is left alone above 5 %, until somebody has looked; the catalog goes on', async () => {
		const gone = deletable().slice(0, 8);
		const before = shown();
		const tooMany = { message: expect.stringContaining('more than 5 %') as string };
		for (const { id } of gone) await edit(installation, 'DELETE', `entity/product/${String(id)}`);
		await expect(sendCatalog(installation)).rejects.toMatchObject(tooMany);
		expect(shown()).toEqual(before);
		const [changed] = plainProducts(installation.moySklad);
		await edit(installation, 'PUT', `entity/product/${String(changed?.id)}`, { weight: 77 });
		await expect(sendCatalog(installation)).rejects.toMatchObject(tooMany);
		const { elements } = installation.exchangeStore.portal.store;
		expect(elements.where('xmlId', String(changed?.externalCode))[0]?.weight).toBe(77_000);
		expect(shown()).toEqual(before);
	});
});
