import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { assortment, folder, product, service, uuid, variant } from '../../nodes/catalog/items.cts';
import { Site, type Item } from '../../nodes/catalog/site.cts';
import { CatalogClient } from '../../simulators/bitrix/catalogClient.ts';
import { outputFile, outputSchema, type OutputSchemas } from './outputFile.cts';

const SIZE = { products: 40, folders: 6 };

/** Of Bitrix Catalog Upsert. */
export async function ofCatalogUpsert(): Promise<OutputSchemas> {
	return { ...(await ofGeneratedShop()), ...(await ofDifferences()) };
}

const file = (operation: string): string => outputFile('Bitrix', operation);

async function ofGeneratedShop(): Promise<OutputSchemas> {
	const site = await Site.open({ moySklad: { size: SIZE } });
	try {
		const items = await assortment(site, 'product', 'variant');
		const created = await site.results('upsertItems', items);
		const again = await site.results('upsertItems', items);
		return { [file('upsertItems')]: outputSchema([...created, ...again]) };
	} finally {
		await site.close();
	}
}

/** Of a small catalog in which people have changed something of everything. */
async function ofDifferences(): Promise<OutputSchemas> {
	const site = await Site.open();
	try {
		const all = async (operation: string, some: Item[], parameters: INodeParameters = {}): Promise<IDataObject[]> => {
			const run = await site.run(operation, some, parameters);
			if (run.error) throw run.error;
			return run.outputs.flat().map(({ json }) => json);
		};
		const both = async (operation: string, some: Item[], others = some): Promise<IDataObject[]> => [...(await all(operation, some)), ...(await all(operation, others))];
		const kitchen = folder('kitchen');
		const shirt = product('shirt', { variantsCount: 1 });
		const items: Item[] = [product('cup', { productFolder: kitchen }), product('pan'), service('fitting'), shirt, variant('red', shirt, { Цвет: 'Красный' })];
		const found: Record<string, IDataObject[]> = { upsertSections: await both('upsertSections', [kitchen], [kitchen, folder('garden')]) };
		await site.upsert(items);
		const { prices } = site.bitrix.portal.store;
		const makeDear = (): unknown => prices.update(prices.where('productId', site.element('cup').id)[0]?.id ?? 0, { price: 9900 });
		makeDear();
		site.edit('pan', { weight: 7 });
		found.compareItems = await all('compareItems', [...items, product('new')]);
		found.updatePrices = await both('updatePrices', items);
		const levels: Item[] = ['cup', 'pan', 'nowhere'].map((word, index) => ({ id: uuid(word), entity: 'product', freeStock: index + 4 }));
		found.updateStock = await both('updateStock', levels);
		site.edit('cup', { quantity: 0 });
		found.compareStock = await all('compareStock', levels);
		await new CatalogClient(site.bitrix).addProduct({ name: 'Made in Bitrix' });
		found.getNewItems = await all('getNewItems', [{ cursor: null }], { begin: 'beginning' });
		found.getExtraItems = await all('getExtraItems', [{ cursor: null }]);
		found.deactivateMissing = await all('deactivateMissing', [{}], { options: { largestShare: 100 } });
		const [page] = found.getNewItems as Array<{ items: Array<{ bitrixId: string; moySkladId: string | null }> }>;
		found.linkItems = await all('linkItems', (page?.items ?? []).map(({ bitrixId }) => ({ bitrixId, moySkladId: uuid(`linked ${bitrixId}`), externalCode: `linked ${bitrixId}` })));
		return Object.fromEntries(Object.entries(found).map(([operation, rows]) => [file(operation), outputSchema(rows)]));
	} finally {
		await site.close();
	}
}
