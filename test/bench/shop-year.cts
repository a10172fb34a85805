import type { YearEnd } from '../nodes/shopYear/shopYear.cts';
import { yearOver, type ConnectionName } from '../nodes/shopYear/years.cts';

/**
 * A year of a shop over each connection: random orders, what people on both sides do to them, both ways of orders every week, and calls
 * that fail. In the end both sides have to agree, nothing may be there twice, and nothing may be written any more:
 * else the command fails.
 * `npm run bench -- shop-year [orders]`
 */
const ORDERS = Number(process.argv[2] ?? 2000);

const figuresOf = ({ disagreements, doubles, quiet }: YearEnd) => ({ disagreements: disagreements.length, doubles: doubles.length, quietWrites: quiet.flat().length });

async function measured(connection: ConnectionName) {
	const end = await yearOver(connection, { orders: ORDERS });
	if (end.crashes.length > 0) throw new Error(`A simulator broke: ${JSON.stringify(end.crashes[0])}`);
	return { ...figuresOf(end), findings: end.findings.length };
}

async function main(): Promise<void> {
	const started = Date.now();
	const rest = await measured('rest');
	const exchange = await measured('exchange');
	console.log(JSON.stringify({ orders: ORDERS, rest, exchange, seconds: Math.round((Date.now() - started) / 1000) }));
	if ([rest, exchange].some((year) => year.disagreements + year.doubles + year.quietWrites > 0)) process.exitCode = 1;
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
