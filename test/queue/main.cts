import { parseArgs } from 'node:util';
import { Random } from '../simulators/kernel/random.cts';
import { onlyProducts } from '../simulators/shop/size.cts';
import { importCatalog } from '../demo/mainJob.cts';
import { Cluster } from './cluster.cts';
import { differences } from './comparison.cts';
import { burst, type Burst } from './scenes/burst.cts';
import { kills, type Kills } from './scenes/kills.cts';
import { outage, type Outage } from './scenes/outage.cts';
import { race, type Race } from './scenes/race.cts';
import { KINDS, type InboxKind } from './inbox.cts';
import { Shop } from './shop.cts';

const PRODUCTS = 1_300;
const PROGRESS_EVERY_MS = 15_000;
const SCENES = ['burst', 'race', 'kills', 'outage'];
const USAGE = `npm run test:queue -- [options]
  --seed N       which products change, which processes are killed and when (1)
  --only SCENES  some of ${SCENES.join(',')}; all by default
  --inbox KIND   ${KINDS.join(' or ')} (postgresql)`;

const started = Date.now();

const say = (text: string): void => console.log(`${String(Math.round((Date.now() - started) / 1_000)).padStart(4)} s  ${text}`);

interface Outcome {
	burst?: Burst;
	race?: Race;
	kills?: Kills;
	outage?: Outage;
	deadLetters?: number;
}

interface Wanted {
	seed: number;
	scenes: string[];
	inbox: InboxKind;
}

function readWanted(): Wanted {
	try {
		const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, only: { type: 'string', default: SCENES.join(',') }, inbox: { type: 'string', default: 'postgresql' } } });
		const scenes = values.only.split(',');
		const strange = scenes.find((scene) => !SCENES.includes(scene));
		if (strange !== undefined) throw new RangeError(`There is no scene “${strange}”`);
		if (!/^\d{1,9}$/.test(values.seed)) throw new RangeError('The seed is a whole number');
		const inbox = KINDS.find((kind) => kind === values.inbox);
		if (!inbox) throw new RangeError(`There is no inbox of the kind “${values.inbox}”`);
		return { seed: Number(values.seed), scenes, inbox };
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
		process.exit(2);
	}
}

/** The package in n8n's queue mode between both simulators: bursts, kills, an outage and a race, and nothing may be lost. */
async function main(): Promise<void> {
	const { seed, scenes, inbox } = readWanted();
	say('Starting MoySklad, Bitrix (both simulated) and n8n: main, two webhook processes, two workers …');
	const starting = Cluster.start({
		moySklad: { size: { ...onlyProducts(PRODUCTS), attributes: 3, pictures: 0 }, seed },
		bitrix: { edition: 'site', seed },
	}, inbox);
	cleanUpOnSignals(starting);
	const cluster = await starting;
	const progress = setInterval(() => void showProgress(cluster).catch(() => undefined), PROGRESS_EVERY_MS);
	try {
		say('Template 03: the whole catalog …');
		await importCatalog(cluster.installation);
		const differ = differences(cluster.installation);
		if (differ.length > 0) throw new Error(`The catalog differs after its import: ${JSON.stringify(differ.slice(0, 5))}`);
		say('Publishing receiver and worker …');
		await cluster.inbox.open();
		const outcome = await play(cluster, seed, scenes);
		console.log(JSON.stringify(summaryOf(outcome)));
		process.exitCode = isFine(outcome) ? 0 : 1;
	} finally {
		clearInterval(progress);
		await cluster.stop();
	}
}

/** Also while it starts: what is half there cannot be taken away before it is whole. */
function cleanUpOnSignals(starting: Promise<Cluster>): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.once(signal, () => {
			console.error(`${signal}: ending n8n and removing what belongs to this run …`);
			void starting.then(async (cluster) => await cluster.stop()).catch(() => undefined).finally(() => process.exit(1));
		});
}

async function play(cluster: Cluster, seed: number, scenes: string[]): Promise<Outcome> {
	const shop = new Shop(cluster.installation.moySklad, new Random(`shop ${seed}`));
	const outcome: Outcome = {};
	const scene = async <Name extends keyof Outcome>(name: Name, title: string, act: (random: Random) => Promise<Outcome[Name]>): Promise<void> => {
		if (!scenes.includes(name)) return;
		say(`${title} …`);
		outcome[name] = await act(new Random(`${name} ${seed}`));
		say(`${name}: ${JSON.stringify(outcome[name])}`);
	};
	await scene('burst', 'Burst: 10,000 events, and answers get lost', async (random) => await burst(cluster, shop, random));
	await scene('race', 'Race: one product changes 50 times a second', async () => await race(cluster, shop));
	await cluster.inbox.openCatchUp();
	await scene('kills', 'Kills: processes die while products change', async (random) => await kills(cluster, shop, random, say));
	await scene('outage', 'Outage: n8n is away while products change and go', async () => await outage(cluster, shop));
	const deadLetters = await cluster.inbox.deadLetters();
	say(`Dead letters: ${deadLetters}`);
	return { ...outcome, deadLetters };
}

async function showProgress({ installation: { moySklad }, inbox }: Cluster): Promise<void> {
	const waiting = moySklad.parts.deliveries.all.filter(({ state }) => state === 'queued' || state === 'sending').length;
	say(`  … ${waiting} notifications to be sent, ${await inbox.size()} objects in the inbox`);
}

const summaryOf = ({ burst: one, kills: two, outage: three }: Outcome): Record<string, number | undefined> => ({
	events: one?.events,
	lost: one?.lost,
	duplicates: one?.duplicates,
	kills: two?.kills,
	differencesAfterCatchUp: two && three && two.differencesAfterCatchUp + three.differences,
});

const isFine = ({ burst: one, race: two, kills: three, outage: four, deadLetters }: Outcome): boolean =>
	[
		one && one.lost + one.duplicates + one.droppedEvents,
		two?.differences,
		three?.differencesAfterCatchUp,
		// An outage in which no webhook was switched off would prove nothing about them.
		four && four.differences + four.hooksStillOff + (four.hooksOff > 0 ? 0 : 1),
		deadLetters,
	].every((number) => number === undefined || number === 0);

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
