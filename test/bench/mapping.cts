import type { INodeParameters } from 'n8n-workflow';
import { Installation } from '../demo/installation.cts';
import { PACKAGE_NAME } from '../n8n/repository.cts';
import { node, to } from '../n8n/workflowDraft.cts';
import { onlyProducts } from '../simulators/shop/size.cts';

/**
 * Ten rows of the mapping over 10,000 items in a real n8n, once *From MoySklad Field* and once by *Expression* (N12): how long
 * Bitrix Catalog Upsert takes for a preview, and how long n8n does not answer anybody else meanwhile.
 */
const ITEMS = 10_000;
const ROWS = 10;
const ASK_EVERY_MS = 100;
const FIELDS = ['article', 'code', 'name', 'description', 'externalCode', 'article', 'code', 'name', 'description', 'externalCode'];
const WITHIN_MS = 600_000;

type Kind = 'field' | 'expression';

function mappingRow(property: number, field: string, kind: Kind): INodeParameters {
	const value: INodeParameters = kind === 'field' ? { field: { __rl: true, mode: 'id', value: field } } : { expression: `={{ $json.${field} }}` };
	return { target: { __rl: true, mode: 'id', value: `property:${property}` }, value: kind, policy: 'always', ...value };
}

async function measure(installation: Installation, properties: number[], kind: Kind): Promise<{ seconds: number; silentMs: number }> {
	const { api, bitrix, n8n } = installation;
	const catalog = { __rl: true, mode: 'id', value: String(bitrix.catalogs.main.products) };
	const change = properties.map((property, index) => mappingRow(property, FIELDS[index] as string, kind));
	const workflow = await api.createWorkflow(
		{
			name: `By ${kind}`,
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger'),
				node('Goods', `${PACKAGE_NAME}.moySkladEntity`, { resource: 'assortment', operation: 'getAll', returnAll: true }),
				node('Upsert', `${PACKAGE_NAME}.bitrixCatalogUpsert`, { operation: 'upsertItems', catalog, preview: true, mapping: { change } }),
			],
			connections: { Start: { main: [to('Goods')] }, Goods: { main: [to('Upsert')] } },
			settings: { executionOrder: 'v1' },
		},
		installation.credentials,
	);
	const watch = watchAnswers(n8n.url);
	const { run } = await api.run(workflow.id, 'Start', undefined, WITHIN_MS);
	const silentMs = await watch.stop();
	if (run.error) throw run.error;
	const planned = run.node('Upsert').json().length;
	if (planned !== ITEMS) throw new Error(`${planned} items were planned: ${JSON.stringify(run.node('Upsert').json(1)[0])}`);
	const seconds = (run.run.data.resultData.runData.Upsert?.[0]?.executionTime ?? NaN) / 1000;
	console.log(`By ${kind}: ${seconds} s for ${ITEMS} items with ${ROWS} rows; n8n was silent for ${silentMs} ms at most`);
	return { seconds, silentMs };
}

/** Asks n8n again and again whether it is there, and remembers the longest wait for an answer. */
function watchAnswers(url: string): { stop(): Promise<number> } {
	let longest = 0;
	let going = true;
	const asking = (async () => {
		while (going) {
			const asked = Date.now();
			await fetch(`${url}/healthz`, { headers: { connection: 'close' } });
			longest = Math.max(longest, Date.now() - asked);
			await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
		}
	})();
	return {
		async stop() {
			going = false;
			await asking;
			return longest;
		},
	};
}

async function main(): Promise<void> {
	const installation = await Installation.start({ moySklad: { size: { ...onlyProducts(ITEMS), pictures: 0, attributes: 1 } } });
	try {
		const properties = makeProperties(installation);
		const byField = await measure(installation, properties, 'field');
		const byExpression = await measure(installation, properties, 'expression');
		console.log(JSON.stringify({
			items: ITEMS, rows: ROWS,
			fieldSeconds: byField.seconds, expressionSeconds: byExpression.seconds,
			fieldSilentMs: byField.silentMs, expressionSilentMs: byExpression.silentMs,
		}));
	} finally {
		await installation.stop();
	}
}

function makeProperties({ bitrix: { portal, catalogs } }: Installation): number[] {
	const [model] = portal.store.properties.where('iblockId', catalogs.main.products);
	return Array.from({ length: ROWS }, (_, index) => {
		const fields = { name: `Mapped ${index}`, code: `MAPPED_${index}`, xmlId: null, propertyType: 'S' as const, userType: null, multiple: 'N' as const };
		return portal.store.properties.add({ ...(model as NonNullable<typeof model>), ...fields }).id;
	});
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
