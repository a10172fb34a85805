import type { BulkOperation } from '../../../shared/operation';
import { sayWhatIsNotIncluded } from '../notIncluded';
import { mappingProperties } from '../parameters/mapping';
import { optionsProperty } from '../parameters/options';
import { priceProperties } from '../parameters/prices';
import { scopeProperty } from '../parameters/scope';
import { goneProperty } from '../parameters/target';
import { writePictures } from '../pictures';
import { prepareRules } from '../rules';
import { upsertGoods } from '../upsert';
import { goodsOf, withGoods } from './withGoods';

export const upsertItems: BulkOperation = {
	value: 'upsertItems',
	name: 'Upsert Items',
	action: 'Upsert items',
	description: 'Make or update products, variants, bundles and services with prices, properties and pictures; write differences only',
	properties: [
		...priceProperties,
		...mappingProperties,
		scopeProperty,
		goneProperty,
		optionsProperty(
			'becameSku', 'codedProperties', 'defaultSection', 'failAfterAll', 'flow', 'keepIds', 'subWorkflow', 'takeOverKeys', 'weightUnit',
		),
	],
	async all() {
		return await withGoods(this, async (session, entries) => {
			sayWhatIsNotIncluded(session, this.getInputData().map(({ json }) => json));
			await prepareRules(session, goodsOf(entries));
			await upsertGoods(session, entries);
			await writePictures(session, 'goods', entries.goods);
			await writePictures(session, 'offers', entries.offers);
		});
	},
};
