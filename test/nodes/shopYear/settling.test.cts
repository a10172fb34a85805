import { yearOver } from './years.cts';

it('both ways at the same time over REST: after the last change nothing is written any more', async () => {
	const { disagreements, findings, doubles, quiet, crashes } = await yearOver('rest', { seed: 'at once', orders: 60, weeks: 6, together: true, faultShare: 0 });
	expect({ disagreements, findings, doubles, crashes }).toEqual({ disagreements: [], findings: [], doubles: [], crashes: [] });
	expect(quiet.flat()).toEqual([]);
}, 300_000);
