import type { INodeParameters } from 'n8n-workflow';
import type { RunningBitrix } from '../simulators/bitrix/start.cts';
import type { RunningMoySklad } from '../simulators/moysklad/start.cts';

/** What a user enters where all price types of a site are wanted: each gets the first price of MoySklad. */
export function sitePriceTypes({ portal }: RunningBitrix, { account }: RunningMoySklad): INodeParameters {
	const from = { __rl: true, mode: 'id', value: account.priceTypes[0]?.id ?? '' };
	const row = portal.store.priceTypes.all().map((type) => ({ from, id: type.xmlId ?? type.name, name: type.name, currency: 'RUB' }));
	return { sitePriceTypes: { row }, priceTypesComplete: true };
}
