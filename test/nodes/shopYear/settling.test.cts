import { yearOver } from './years.cts';

it('both ways at the same time over REST: after the last change nothing is written any more', async () => {
	const { disagreements, findings, doubles, quiet, crashes } = await yearOver('rest', { seed: 'at once', orders: 60, weeks: 6, together: true, faultShare: 0 });
	expect({ disagreements, findings, doubles, crashes }).toEqual({ disagreements: [], findings: [], doubles: [], crashes: [] });
	expect(quiet.flat()).toEqual([]);
}, 300_000);

it('both ways at the same time over the exchange with 1C: after the last change nothing is written any more', async () => {
	const { disagreements, doubles, quiet, crashes } = await yearOver('exchange', { seed: 'at once', orders: 60, weeks: 6, together: true, faultShare: 0 });
	expect({ disagreements, doubles, crashes }).toEqual({ disagreements: [], doubles: [], crashes: [] });
	expect(quiet.flat()).toEqual([]);
}, 300_000);
