import { ExchangeFlows } from './exchangeFlows.cts';
import { shopYear, yearOptions } from './shopYear.cts';

it('a year of a shop over the exchange with 1C: both sides agree in all that it can carry, the rest is told, nothing is there twice, and both ways settle', async () => {
	const flows = await ExchangeFlows.open();
	try {
		const { shop } = flows;
		const end = await shopYear('exchange', { bitrix: shop.store.bitrix, moySklad: shop.moySklad }, flows, yearOptions('exchange', { editsPositions: false }));
		if (process.env.SHOP_YEAR_SHOW) show(end);
		expect(end.disagreements).toEqual([]);
		expect(end.doubles).toEqual([]);
		expect(end.quiet.slice(2)).toEqual([[], []]);
		expect(shop.moySklad.parts.crashes).toEqual([]);
	} finally {
		await flows.close();
	}
}, 900_000);

function show({ year, disagreements, findings, quiet }: Awaited<ReturnType<typeof shopYear>>): void {
	const codes: Record<string, number> = {};
	for (const id of year.ids) for (const code of year.lastTold(id)) codes[code] = (codes[code] ?? 0) + 1;
	process.stdout.write(`${JSON.stringify({ deeds: year.deeds, codes, quiet })}\n`);
	for (const one of [...disagreements.slice(0, 30), ...findings.slice(0, 10)]) process.stdout.write(`${JSON.stringify({ ...one, told: year.lastTold(one.id), history: year.history.get(one.id) })}\n`);
}
