import { ManagerBench, results } from '../../nodes/MoySklad/managerBench.cts';
import { DEFAULT_BASE_URL } from '../../n8n/additionalData.cts';
import type { NodeRun } from '../../n8n/runs.cts';
import { CHECK_STRING, shownUrl } from '../../nodes/MoySklad/webhookBench.cts';
import { outputFile, outputSchema, type OutputSchemas } from './outputFile.cts';

const NEW_BASE_URL = 'https://new.example.com';
const NEW_STRING = 'another-check-string-of-32-letters-00';

/** Of MoySklad Webhook Manager. */
export async function ofWebhooks(): Promise<OutputSchemas> {
	const manager = await ManagerBench.start();
	try {
		const ensured = await manager.ensure({ profiles: ['base'] });
		const again = await manager.ensure({ profiles: ['base'] });
		const many = await manager.run({ operation: 'getAll' });
		const [paused, resumed] = [await manager.run({ resource: 'ownWebhooks', operation: 'pause' }), await manager.run({ resource: 'ownWebhooks', operation: 'resume' })];
		const webhooks = many.json(0).map(({ id }) => String(id));
		const written = {
			update: await manager.run({ operation: 'update', webhooks, changes: { enabled: false } }),
			delete: await manager.run({ operation: 'delete', webhooks }),
			create: await manager.run({ operation: 'create', entity: 'demand', actions: ['CREATE'] }),
		};
		const own = {
			audit: await manager.run({ resource: 'ownWebhooks', operation: 'audit', profiles: ['base'] }),
			rotate: await manager.run({ resource: 'ownWebhooks', operation: 'rotate' }, { credentials: manager.account.credential('admin', { checkSecret: NEW_STRING, previousCheckSecret: CHECK_STRING }) }),
			move: await manager.run({ resource: 'ownWebhooks', operation: 'move', oldBaseUrl: DEFAULT_BASE_URL, triggerUrl: shownUrl(NEW_BASE_URL) }, { baseUrl: NEW_BASE_URL }),
		};
		for (const run of [...Object.values(written), ...Object.values(own), ensured, again, many, paused, resumed]) if (run.error) throw run.error;
		const schemas = (resource: string, runs: Record<string, NodeRun>): OutputSchemas => Object.fromEntries(Object.entries(runs).map(([operation, run]) => [outputFile('MoySklad', resource, operation), outputSchema(run.json(0))]));
		return {
			...schemas('webhook', written),
			...schemas('ownWebhooks', own),
			[outputFile('MoySklad', 'ownWebhooks', 'ensure')]: outputSchema([...results(ensured), ...results(again)]),
			[outputFile('MoySklad', 'ownWebhooks', 'pause')]: outputSchema(results(paused)),
			[outputFile('MoySklad', 'ownWebhooks', 'resume')]: outputSchema(results(resumed)),
			[outputFile('MoySklad', 'webhook', 'getAll')]: outputSchema(many.json(0)),
		};
	} finally {
		await manager.account.close();
	}
}
