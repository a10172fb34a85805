import { parseArgs } from 'node:util';
import { bringExchangeOrders, EXCHANGE_ORDERS, EXCHANGE_STORE, otherCalls, sendCatalog, sendStock } from './exchangeJob.cts';
import { Installation } from './installation.cts';
import { isLifeFine, orderLives, type Audience, type LifeOutcome } from './life/life.cts';
import { chooseStates } from './life/chooseStates.cts';
import { lifeHead, lifeStep } from './life/lifeTable.cts';
import { crossings, type Crossing } from './live/crossings.cts';
import { joinPages, pageOf } from './live/pages.cts';
import { LIVE_SETTINGS, publishLive } from './live/publishLive.cts';
import { bringOrders, changeAcross, compareStock, importCatalog } from './mainJob.cts';
import { isFine, summaryOf, tableOf, type ExchangeOutcome, type Outcome } from './outcome.cts';

const USAGE = `npm run demo -- [options]
  --once        end after the tables, with 0 when all is as it should be, else 1
  --products N  products in MoySklad; variants, bundles and services come on top (200)
  --orders N    orders in each store (30)
  --seed N      the same seed makes the same shop (1)`;

interface Wanted {
	once: boolean;
	products: number;
	orders: number;
	seed: number;
}

/** A real n8n with this package and its templates between MoySklad and two stores, all simulated: does the main job and shows what happened. */
async function main(): Promise<void> {
	const wanted = readWanted();
	say('Starting MoySklad, two Bitrix stores (all simulated) and n8n …');
	const installation = await Installation.start({
		moySklad: { size: { products: wanted.products }, seed: wanted.seed, demoPage: true },
		bitrix: { seed: wanted.seed, demoPage: true },
		exchangeStore: { ...EXCHANGE_STORE, seed: wanted.seed },
		settings: { ...LIVE_SETTINGS, '05': { startDate: '2020-01-01' }, '05b': EXCHANGE_ORDERS },
	});
	try {
		const outcome = await mainJob(installation, wanted);
		say(`\n${tableOf(outcome)}`);
		const orderLife = await orderLives(installation, onTheScreen);
		say(`\n${verdictOn(orderLife)}\n`);
		say('Publishing what keeps both sides together from now on (10, 11, 20, 21, 29) …');
		const crossed = await live(installation);
		if (!wanted.once) await untilStopped(installation);
		console.log(JSON.stringify({ ...summaryOf(outcome), orderLife, crossings: Object.fromEntries(crossed.map(({ what, ms }) => [what, ms])) }));
		process.exitCode = isFine(outcome) && isLifeFine(orderLife) ? 0 : 1;
	} finally {
		await installation.stop();
	}
}

async function mainJob(installation: Installation, wanted: Wanted): Promise<Outcome> {
	const { orders, seed } = wanted;
	say('Publishing the templates …');
	await chooseStates(installation);
	await installation.publish('01', '02', '03', '04', '05');
	say('Template 03: the whole catalog …');
	const first = await importCatalog(installation);
	say('Template 03 once more, unchanged …');
	const second = await importCatalog(installation);
	say('Template 02: a product is changed in MoySklad …');
	const acrossMs = await changeAcross(installation);
	say('Template 04: stock and prices …');
	const stock = await compareStock(installation);
	say(`Template 05: ${orders} orders are placed in the store …`);
	const sums = await bringOrders(installation, orders, seed);
	return { first, second, acrossMs, stock, sums, exchange: await exchangeJob(installation, wanted) };
}

/** The same for the store that has nothing but the exchange with 1C. */
async function exchangeJob(installation: Installation, { orders, seed }: Wanted): Promise<ExchangeOutcome> {
	await installation.publish('03b', '04b', '05b');
	say('Template 03b: the whole catalog for the store without REST …');
	const first = await sendCatalog(installation);
	say('Template 03b once more, unchanged …');
	const second = await sendCatalog(installation);
	say('Template 04b: its stock and prices …');
	const stock = await sendStock(installation);
	say(`Template 05b: ${orders} orders are placed there …`);
	const sums = await bringExchangeOrders(installation, orders, seed + 1);
	return { first, second, stock, sums, otherCalls: otherCalls(installation) };
}

function readWanted(): Wanted {
	try {
		const { values } = parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				products: { type: 'string', default: '200' },
				orders: { type: 'string', default: '30' },
				seed: { type: 'string', default: '1' },
			},
		});
		const [products, orders, seed] = [values.products, values.orders, values.seed].map(whole) as [number, number, number];
		return { once: values.once, products, orders, seed };
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
		process.exit(2);
	}
}

function whole(text: string): number {
	if (!/^\d{1,6}$/.test(text)) throw new RangeError(`A whole number was expected, not “${text}”`);
	return Number(text);
}

const say = (text: string): void => console.log(text);

const onTheScreen: Audience = {
	begins: (title) => say(`\n${lifeHead(title)}`),
	step: (step, number) => say(lifeStep(step, number)),
};

function verdictOn({ steps, agree, writesAfterwards }: LifeOutcome): string {
	const agreement = agree ? `Both sides agree to the kopeck, after each of the ${steps} steps and at the end.` : 'The sides do NOT agree: see the lines with ≠.';
	return `${agreement} When everything ran once more, ${writesAfterwards === 0 ? 'nothing' : `${writesAfterwards} times something`} was written.`;
}

/** From here on a change crosses over by itself. */
async function live(installation: Installation): Promise<Crossing[]> {
	const { moySklad, bitrix } = installation;
	await publishLive(installation);
	joinPages(moySklad, bitrix);
	say('\nHow long a change takes from one side to the other now:');
	return await crossings(installation, ({ what, ms }) => say(`  ${what.padEnd(44)} ${(ms / 1000).toFixed(1)} s`));
}

async function untilStopped({ n8n, moySklad, bitrix, exchangeStore }: Installation): Promise<void> {
	console.log(
		[
			'',
			'Try it: open both pages side by side. Change a price or the stock in MoySklad and look at the store; place an order in the store and look',
			'at MoySklad, then confirm, ship and pay it there. Both pages refresh by themselves.',
			`  Store     ${pageOf(bitrix)}`,
			`  MoySklad  ${pageOf(moySklad)}`,
			'',
			'Behind them:',
			`  n8n       ${n8n.url}   login ${n8n.owner.email}, password ${n8n.owner.password}`,
			`  MoySklad  ${moySklad.baseUrl}   token ${moySklad.users.admin.token}`,
			`  Bitrix    ${bitrix.webhookUrl}`,
			`            ${bitrix.url}/_simulator/everything shows all that is in the store`,
			`  1C exchange ${exchangeStore.exchange.url}   login ${exchangeStore.exchange.login}, password ${exchangeStore.exchange.password}`,
			`            ${exchangeStore.url}/_simulator/everything shows all that is in the store without REST`,
			'',
			'Ctrl-C ends everything.',
		].join('\n'),
	);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
	});
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
