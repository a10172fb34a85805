import { RestFlows } from './restFlows.cts';
import { aYear, yearOptions } from './shopYear.cts';

it('a year of a shop over REST: both sides agree, nothing is there twice, and both ways settle', async () => {
	expect(await aYear('rest', RestFlows, yearOptions('rest'))).toEqual([]);
}, 900_000);
