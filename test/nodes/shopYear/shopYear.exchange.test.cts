import { yearOver } from './years.cts';

it('a year of a shop over the exchange with 1C: both sides agree in all that it can carry, the rest is told, nothing is there twice, and both ways settle', async () => {
	const { disagreements, findings, doubles, quiet, crashes } = await yearOver('exchange');
	expect({ disagreements, doubles, crashes }).toEqual({ disagreements: [], doubles: [], crashes: [] });
	// Else the test would not see what the exchange cannot carry.
	expect(findings.length).toBeGreaterThan(0);
	expect(quiet.flat()).toEqual([]);
}, 900_000);
