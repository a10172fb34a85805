import { yearOver } from './years.cts';

const AT_ONCE = { seed: 'at once', orders: 60, weeks: 6, together: true, faultShare: 0 };

it.each(['rest', 'exchange'] as const)('both ways at the same time over %s: after the last change nothing is written any more', async (connection) => {
	const { disagreements, doubles, quiet, crashes } = await yearOver(connection, AT_ONCE);
	expect({ disagreements, doubles, crashes }).toEqual({ disagreements: [], doubles: [], crashes: [] });
	// The two rounds before bring home what was still on its way when both ran at once.
	expect(quiet.slice(2).flat()).toEqual([]);
}, 300_000);
