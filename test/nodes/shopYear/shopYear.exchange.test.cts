import { ExchangeFlows } from './exchangeFlows.cts';
import { aYear, yearOptions } from './shopYear.cts';

it('a year of a shop over the exchange with 1C: both sides agree in all that it can carry, the rest is told, nothing is there twice, and both ways settle', async () => {
	expect(await aYear('exchange', ExchangeFlows, yearOptions('exchange', { editsPositions: false }))).toEqual([]);
}, 900_000);
