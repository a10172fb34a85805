import { globalAgent } from 'node:https';
import type { TypeB24 } from '@bitrix24/b24jssdk' with { 'resolution-mode': 'import' };
import type { NodeRun } from '../n8n/runs.cts';
import { Engine } from '../n8n/engine.cts';
import { product } from '../nodes/catalog/items.cts';
import type { RateUsage } from '../simulators/bitrix/limits/leakyBucket.cts';
import { startBitrix, type RunningBitrix } from '../simulators/bitrix/start.cts';

/**
 * Imports 10,000 products with a price through Bitrix Catalog Upsert in n8n's engine, at the limits of the cloud and in real
 * time, and once more unchanged; then the same by a straightforward program on Bitrix's own client, against a fresh Bitrix.
 */
const PRODUCTS = 10_000;
const PAGE = 50;
const STRETCH_SECONDS = 5;

interface Measured {
	calls: number;
	writes: number;
	seconds: number;
}

const items = Array.from({ length: PRODUCTS }, (_, index) => product(`p${index}`));

/** Counts what a piece of work does to a Bitrix. */
async function measured(bitrix: RunningBitrix, work: () => Promise<void>): Promise<Measured> {
	bitrix.counters.reset();
	const started = Date.now();
	await work();
	const seconds = (Date.now() - started) / 1000;
	const { calls, routes } = bitrix.counters.snapshot();
	const writes = Object.entries(routes).reduce((sum, [route, count]) => sum + (/\.(add|update|delete)$/.test(route) ? count.calls : 0), 0);
	return { calls, writes, seconds };
}

/**
 * What the only caller used of the rate limit while there was work that it could do: of 10,000 new products a part waits for the
 * operating time of catalog.product.add, 480 s in ten minutes, and a stretch without a single call is such a wait.
 */
class RateMeter {
	private readonly accepted: number[] = [0];
	private readonly timer = setInterval(() => void this.look(), STRETCH_SECONDS * 1000);
	refused = 0;

	constructor(private readonly bitrix: RunningBitrix) {}

	/** Share of the limit, 0 to 1: the bucket, and what drained in stretches with calls. */
	async share(): Promise<number> {
		clearInterval(this.timer);
		await this.look();
		const { bucket, drain } = this.bitrix.portal.options.plan;
		const busy = this.accepted.filter((count, index) => index > 0 && count > (this.accepted[index - 1] ?? 0)).length;
		return Math.min(1, (this.accepted.at(-1) ?? 0) / (bucket + busy * STRETCH_SECONDS * drain));
	}

	private async look(): Promise<void> {
		const answer = await fetch(`${this.bitrix.url}/_simulator/rate`);
		const [usage] = Object.values((await answer.json()) as Record<string, RateUsage>);
		this.accepted.push(usage?.accepted ?? 0);
		this.refused = usage?.refused ?? 0;
	}
}

async function runNode(engine: Engine, { webhookUrl, catalogs }: RunningBitrix): Promise<void> {
	const run: NodeRun = await engine.runNode({
		type: 'bitrixCatalogUpsert',
		parameters: { operation: 'upsertItems', catalog: { __rl: true, mode: 'id', value: String(catalogs.main.products) } },
		credentials: { bitrixWebhookApi: { secretAddress: webhookUrl, edition: 'cloud' } },
		items,
	});
	if (run.error) throw run.error;
	const failed = run.json(1)[0];
	if (failed) throw new Error(`An item failed: ${JSON.stringify(failed.error)}`);
}

async function byNode(): Promise<{ first: Measured; share: number; refused: number; second: Measured }> {
	const bitrix = await startBitrix();
	try {
		const engine = await Engine.load();
		const meter = new RateMeter(bitrix);
		const first = await measured(bitrix, async () => await runNode(engine, bitrix));
		tell('Bitrix Catalog Upsert', bitrix, first);
		const share = await meter.share();
		const second = await measured(bitrix, async () => await runNode(engine, bitrix));
		tell('the same, unchanged', bitrix, second);
		return { first, share, refused: meter.refused, second };
	} finally {
		await bitrix.close();
	}
}

/** Looks up by XML_ID, adds or updates, adds or updates the price: each through the client's own batches, without comparing. */
async function byPeer(): Promise<Measured> {
	const bitrix = await startBitrix({ https: true });
	globalAgent.options.ca = bitrix.certificate ?? '';
	const sdk = await import('@bitrix24/b24jssdk');
	const client = sdk.B24Hook.fromWebhookUrl(bitrix.webhookUrl);
	client.offClientSideWarning();
	try {
		const done = await measured(bitrix, async () => await importByPeer(client, bitrix.catalogs.main.products));
		tell('npm client @bitrix24/b24jssdk', bitrix, done);
		return done;
	} finally {
		globalAgent.destroy();
		await bitrix.close();
	}
}

interface Call {
	method: string;
	params: Record<string, unknown>;
}

async function importByPeer(client: TypeB24, iblockId: number): Promise<void> {
	const keys = items.map((item) => String(item.externalCode));
	const pages = Array.from({ length: Math.ceil(keys.length / PAGE) }, (_, index) => keys.slice(index * PAGE, (index + 1) * PAGE));
	const found = await batches<{ products: Array<{ id: number; xmlId: string }> }>(client, pages.map((page) => (
		{ method: 'catalog.product.list', params: { select: ['id', 'iblockId', 'xmlId'], filter: { iblockId, '=xmlId': page } } }
	)));
	const ids = new Map(found.flatMap(({ products }) => products.map(({ id, xmlId }) => [xmlId, id] as const)));
	const written = await batches<{ element: { id: number } }>(client, items.map((item) => {
		const fields = { iblockId, name: item.name, xmlId: item.externalCode, weight: 1500, measure: 5, vatId: 4, vatIncluded: 'Y' };
		const id = ids.get(String(item.externalCode));
		return id === undefined ? { method: 'catalog.product.add', params: { fields } } : { method: 'catalog.product.update', params: { id, fields } };
	}));
	await batches(client, written.map(({ element: { id: productId } }) => (
		{ method: 'catalog.price.add', params: { fields: { productId, catalogGroupId: 1, price: 100, currency: 'RUB' } } }
	)));
}

async function batches<Answer>(client: TypeB24, calls: Call[]): Promise<Answer[]> {
	const answer = await client.actions.v2.batchByChunk.make<Answer>({ calls, options: { isHaltOnError: true } });
	if (!answer.isSuccess) throw new Error(answer.getErrorMessages().join('; '));
	return answer.getData() ?? [];
}

function tell(who: string, { portal }: RunningBitrix, { calls, writes, seconds }: Measured): void {
	console.log(`${who}: ${portal.store.elements.size} products and ${portal.store.prices.size} prices there, ${calls} calls, ${writes} writes, ${seconds.toFixed(1)} s`);
}

async function main(): Promise<void> {
	const { first, share, refused, second } = await byNode();
	const peer = await byPeer();
	console.log(JSON.stringify({
		calls: first.calls,
		seconds: rounded(first.seconds),
		limitShare: rounded(share),
		refused,
		peerCalls: peer.calls,
		peerSeconds: rounded(peer.seconds),
		secondRunWrites: second.writes,
		secondRunCalls: second.calls,
	}));
}

const rounded = (number: number): number => Math.round(number * 1000) / 1000;

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
