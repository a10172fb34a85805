import { readReceiver, receiverPrefix } from '../../core';
import { Installation } from '../demo/installation.cts';
import { bringOrders, compareStock, importCatalog, orderSums, plainProducts } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { control } from '../simulators/moysklad/control.cts';
import { chosen } from '../nodes/MoySklad/entityBench.cts';

const WITHIN_MS = 90_000;
const MINUTES = 10;

/** Calls that write, by the names of their routes: of Bitrix's methods, and of MoySklad's lists. */
const WRITES = { bitrix: /\.(add|update|delete|upload|set|conduct)$/i, moySklad: /^(POST|PUT|DELETE) / };

describe('Two-way flows: catalog and stock to the store, orders to MoySklad', () => {
	let installation: Installation;
	/** What the addresses of the receiver's webhooks begin with. */
	let receiver: string;

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 20, pictures: 0 }, stockNoticeSeconds: 1 },
			settings: { '05': { startDate: '2020-01-01', pageSize: 50, leaseMinutes: 1 } },
		});
		await importCatalog(installation);
		await installation.publish('02', '04', '10');
		await hearOfNoOwnOrders();
	}, 300_000);
	afterAll(async () => await installation?.stop());

	/** As docs/templates.md says: what *To MoySklad* writes does not start the receiver of this n8n. */
	async function hearOfNoOwnOrders(): Promise<void> {
		const { api } = installation;
		const workflow = installation.workflow('05');
		const writer = workflow.nodes.find(({ name }) => name === 'To MoySklad');
		receiver = receiverPrefix(readReceiver(await api.webhookUrl(installation.workflow('10'), 'Something Changed')));
		if (writer) writer.parameters.options = { ...(writer.parameters.options as object), suppressWebhooks: chosen(receiver) };
		await api.update(workflow);
	}

	const edit = async (path: string, body: object): Promise<void> =>
		void (await control(installation.moySklad.parts, 'POST', 'edit', { user: 'editor', method: 'PUT', path, body }));

	const writes = (side: keyof typeof WRITES): string[] => {
		const { routes } = installation[side].counters.snapshot();
		return Object.entries(routes).flatMap(([route, { calls }]) => (calls > 0 && WRITES[side].test(route) ? [`${route} ${calls}`] : []));
	};

	/** W4: what the receiver was told of the integration's own writes. */
	const heardOfOwn = (): unknown[] =>
		installation.moySklad.parts.deliveries.all.filter(({ url, payload }) => url.startsWith(receiver) && JSON.stringify(payload).includes(installation.moySklad.users.integration.login));

	/** All flows once, a minute later. */
	async function minute(): Promise<void> {
		installation.moySklad.clock.advance(60_000);
		installation.bitrix.clock.advance(60_000);
		await installation.moySklad.parts.deliveries.flush();
		const { run } = await installation.api.run(installation.workflow('05').id, 'Run Now', undefined, WITHIN_MS);
		if (run.error) throw run.error;
		expect((await compareStock(installation)).off).toBe(0);
		await installation.moySklad.parts.deliveries.flush();
		await idle();
	}

	/** Until nothing runs any more. */
	const idle = async (): Promise<unknown> =>
		await waitFor('The end of all executions', WITHIN_MS, async () => {
			const running = await Promise.all(['02', '04', '05', '10'].map(async (number) => await installation.api.executions(installation.workflow(number).id)));
			return running.flat().some(({ status }) => status === 'new' || status === 'running') ? undefined : true;
		});

	it('W4: after the last change by a person, nothing is written in either system for ten minutes', async () => {
		await bringOrders(installation, 6);
		const [product] = plainProducts(installation.moySklad);
		await edit(`entity/product/${String(product?.id)}`, { weight: 4.5 });
		placeOrders(installation.bitrix.portal, installation.bitrix.catalogs, { count: 2, seed: 9 });
		const element = () => installation.bitrix.portal.store.elements.where('xmlId', String(product?.externalCode))[0];
		await waitFor('The changed product', WITHIN_MS, async () => await Promise.resolve(element()?.weight === 4500 || undefined));
		await minute();
		expect(orderSums(installation)).toMatchObject({ placed: 8, arrived: 8, twice: 0, mismatches: 0 });
		await minute();
		expect(writes('moySklad')).not.toEqual([]);
		expect(writes('bitrix')).not.toEqual([]);
		expect(heardOfOwn()).toEqual([]);

		installation.moySklad.counters.reset();
		installation.bitrix.counters.reset();
		installation.moySklad.parts.deliveries.all.length = 0;
		for (let number = 0; number < MINUTES; number += 1) {
			await minute();
			expect({ number, moySklad: writes('moySklad'), bitrix: writes('bitrix') }).toEqual({ number, moySklad: [], bitrix: [] });
		}
		expect(installation.moySklad.parts.deliveries.all.filter(({ hookType }) => hookType === 'webhook')).toEqual([]);
	}, 600_000);
});
