import { ExchangeFlows } from './exchangeFlows.cts';
import { RestFlows } from './restFlows.cts';
import { shopYear, yearOptions } from './shopYear.cts';

it.each([
	['rest', RestFlows, true],
	['exchange', ExchangeFlows, false],
] as const)('both ways on at once over %s: after the last change nothing is written any more', async (connection, kind, editsPositions) => {
	const flows = await kind.open();
	try {
		const { store, moySklad } = flows.shop;
		const options = yearOptions(connection, { seed: 'at once', orders: 60, weeks: 6, together: true, faultShare: 0, editsPositions });
		const { doubles, quiet } = await shopYear(connection, { bitrix: store.bitrix, moySklad }, flows, options);
		expect(doubles).toEqual([]);
		expect(quiet.slice(2)).toEqual([[], []]);
	} finally {
		await flows.close();
	}
}, 300_000);
