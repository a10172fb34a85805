import type { INodeProperties } from 'n8n-workflow';
import type { BulkOperation } from '../../../shared/operation';
import type { Entries } from '../entry';
import { sayWhatIsNotIncluded } from '../notIncluded';
import { mappingProperties } from '../parameters/mapping';
import { optionsProperty } from '../parameters/options';
import { priceProperties } from '../parameters/prices';
import { scopeProperty } from '../parameters/scope';
import { goneProperty } from '../parameters/target';
import { writePictures } from '../pictures';
import { prepareRules } from '../rules';
import type { CatalogSession } from '../session';
import { upsertGoods } from '../upsert';
import { goodsOf, withGoods } from './withGoods';

/** What decides how an item is to be. *Compare Items* asks for the same. */
export const comparedProperties: INodeProperties[] = [...priceProperties, ...mappingProperties, scopeProperty, goneProperty];
export const COMPARED_OPTIONS = ['codedProperties', 'defaultSection', 'keepIds', 'subWorkflow', 'takeOverKeys', 'unitPairs', 'weightUnit'];

export const upsertItems: BulkOperation = {
	value: 'upsertItems',
	name: 'Upsert Items',
	action: 'Upsert items',
	description: 'Make or update products, variants, bundles and services with prices, properties and pictures; write differences only',
	properties: [
		...comparedProperties,
		optionsProperty(...COMPARED_OPTIONS, 'becameSku', 'failAfterAll', 'flow'),
	],
	async all() {
		return await withGoods(this, upsertAll);
	},
};

/** Every entry gets a result. */
export async function upsertAll(session: CatalogSession, entries: Entries): Promise<void> {
	sayWhatIsNotIncluded(session, session.context.getInputData().map(({ json }) => json));
	await prepareRules(session, goodsOf(entries));
	await upsertGoods(session, entries);
	await writePictures(session, 'goods', entries.goods);
	await writePictures(session, 'offers', entries.offers);
}
