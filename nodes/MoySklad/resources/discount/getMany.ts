import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { idOf, simplified, type Meta } from '../../../../core';
import { readAll } from '../../../../transport';
import { moySkladClient } from '../../../shared/moySklad';
import type { ItemOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { amountOf, amountProperties } from '../reading/getMany';
import { simplifyOption } from '../reading/outputOptions';

/** The list of all discounts. MoySklad filters nothing in it, so that all of it is read. */
export const DISCOUNTS = 'entity/discount';

const kindsOption: Omit<INodeProperties, 'type'> = {
	displayName: 'Kinds',
	name: 'kinds',
	options: [
		{ name: 'Accumulating Discount', value: 'accumulationdiscount' },
		{ name: 'Bonus Program', value: 'bonusprogram' },
		{ name: 'Personal Discount', value: 'personaldiscount' },
		{ name: 'Rounding Off', value: 'discount' },
		{ name: 'Special Price', value: 'specialpricediscount' },
	],
	default: [],
	description: 'Which kinds are given; all of them when empty',
};

interface DiscountOptions {
	activeOnly?: boolean;
	kinds?: string[];
	simplify?: boolean;
}

export const getManyDiscounts: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many discounts',
	description: 'Read the discounts of all kinds, as they are set up in MoySklad',
	properties: [
		...amountProperties,
		optionsProperty([
			{ displayName: 'Active Only', name: 'activeOnly', type: 'boolean', default: false, description: 'Whether discounts that are switched off are left out' },
			{ ...kindsOption, type: 'multiOptions' },
			simplifyOption,
		]),
	],
	async item(itemIndex) {
		const { activeOnly = false, kinds = [], simplify = false } = this.getNodeParameter('options', itemIndex, {}) as DiscountOptions;
		const rows = await readAll(await moySkladClient(this), DISCOUNTS);
		const wanted = rows.filter(({ active, meta }) => (!activeOnly || active === true) && (kinds.length === 0 || kinds.includes((meta as Meta | undefined)?.type ?? '')));
		return wanted.slice(0, amountOf(this, itemIndex)).map((row) => ({ json: (simplify ? { id: idOf(row.meta as Meta), ...simplified(row) } : row) as IDataObject }));
	},
};
