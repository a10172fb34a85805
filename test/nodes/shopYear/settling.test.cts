import { ExchangeFlows } from './exchangeFlows.cts';
import { RestFlows } from './restFlows.cts';
import { aYear, yearOptions } from './shopYear.cts';

const AT_ONCE = { seed: 'at once', orders: 60, weeks: 6, together: true, faultShare: 0 };

it.each([
	['rest', RestFlows, true],
	['exchange', ExchangeFlows, false],
] as const)('both ways at the same time over %s: after the last change nothing is written any more', async (name, connection, editsPositions) => {
	await aYear(name, connection, yearOptions(name, { ...AT_ONCE, editsPositions }));
}, 300_000);
