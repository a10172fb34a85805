import { yearOver } from './years.cts';

it('a year of a shop over REST: both sides agree, nothing is there twice, and both ways settle', async () => {
	const { disagreements, findings, doubles, quiet, crashes } = await yearOver('rest');
	expect({ disagreements, findings, doubles, crashes }).toEqual({ disagreements: [], findings: [], doubles: [], crashes: [] });
	expect(quiet.flat()).toEqual([]);
}, 900_000);
